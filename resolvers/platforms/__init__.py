"""The platforms: one module each, named as the platform is in settings and ids."""
