"""The verbs: what people, programs and staff do with films, each within one transaction. Every door calls these."""
