"""The web: one server for webhooks, health and what is still to come. FastAPI's and uvicorn's home (extra `web`)."""
