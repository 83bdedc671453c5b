"""What a source says, as typed records; no RDF.

One record type a kind of fact. The records are the only owner of the input's shape: the JSON Schema that editors use is
derived from them (`onrecord.facts.schema`), and so is the explanation of what is wrong with a file
(`onrecord.facts.faults`).
"""
