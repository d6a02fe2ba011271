"""The meaning of sentences that no rule knows: the likeness to examples in several languages, by a sentence encoder.

encoder  sentences and words as vectors
learn    from the examples (`scenes`, `places`, `film`, `talk`, `questions` and `opening.toml`) to `weights.npz`
mind     the likely meanings of a sentence, and how alike words are
"""
