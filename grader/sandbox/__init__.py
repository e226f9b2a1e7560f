"""The process boundary: wire, confinement, fork server, worker and the proxy that tests hold."""
