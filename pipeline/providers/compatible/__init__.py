"""The operator's own servers that speak OpenAI's formats: any language model, stills and voices."""
