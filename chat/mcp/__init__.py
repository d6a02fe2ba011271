"""Films over MCP, the Model Context Protocol: other programs' agents take one from a sentence to a file.

Each tool is one call of a service, as each operation of the REST API is one. Nothing is kept between two requests, so
that any web server answers any of them.
"""
