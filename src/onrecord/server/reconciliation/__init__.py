"""The W3C Reconciliation Service API 0.2: others match names against our entities, and fetch what is said.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

request ── asking ──► Query ── candidates ◄── weighing ──► result
                  └─► Extension ── extending ◄── properties ──► rows

Scores and reasons are those of `onrecord.matching`. Nobody is picked where several may be meant.
"""
