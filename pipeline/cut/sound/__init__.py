"""The sound of a film: where each voice and music lies, how loud, mastered and encoded; and what is heard when."""
