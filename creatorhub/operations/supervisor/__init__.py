"""What `make run` starts and keeps alive.

Owns: the web and worker processes, their one log, the addresses, an orderly end.
Never: what the processes do; a deployment's process manager (see deploy/).
"""
