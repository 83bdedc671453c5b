"""SPARQL 1.1 over HTTP: the protocol, the formats of answers, and what the endpoint says of itself.

https://www.w3.org/TR/sparql11-protocol/, https://www.w3.org/TR/sparql11-service-description/
"""
