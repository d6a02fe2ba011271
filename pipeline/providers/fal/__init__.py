"""fal.ai: one queue for many generators. `voice`, `music` and `motion` are the adapters, `jobs` what they share."""
