"""Reading for pages and answers: nothing here changes anything."""
