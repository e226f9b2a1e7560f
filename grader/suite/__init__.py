"""The pytest side: the plugin that every suite loads and the runner that replays it per submission."""
