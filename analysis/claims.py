#!/usr/bin/python3
"""Tests the paper's second and third claim: tables with intervals, a verdict worked out by a stated rule, and the record beside it.

    build/multivector sweep scenarios/designs/fund_and_exports.yaml -o exports.h5
    build/multivector sweep scenarios/designs/mixed_feelings.yaml --record full -o farms.h5
    analysis/claims.py exports.h5 farms.h5 -o claims          # claims_exports.png, claims_farms.png

Claim 2: industrial policy backed by oil-filled funds is integral to diversifying exports. Claim 3: state-level negotiation,
sub-national implementation and mixed feelings about China give a nuanced path, and farms are the case. Which file holds which
design is told from its axes; either may be left out, and with none only the record speaks.
"""
import argparse
import sys

import claim_exports
import claim_farms
import evidence
from worlds import Worlds


def told_apart(paths):
    """{claim: path}."""
    found = {}
    for path in paths:
        axes = Worlds(path).axes
        claim = "exports" if claim_exports.POLICY in axes else "farms" if axes == ["world"] else None
        if claim is None:
            raise ValueError(f"{path} holds neither the worlds of fund_and_exports.yaml nor those of mixed_feelings.yaml")
        if claim in found:
            raise ValueError(f"{path} and {found[claim]} hold the same design")
        found[claim] = path
    return found


def on_record(claim, heading):
    print(f"\n{heading}\n\n{evidence.side_by_side(evidence.items(claim))}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="*", help="results of fund_and_exports.yaml, mixed_feelings.yaml or both")
    parser.add_argument("-o", "--output", help="what the names of the figures begin with; none otherwise")
    asked = parser.parse_args()
    try:
        found = told_apart(asked.results)
        for claim, module in (("exports", claim_exports), ("farms", claim_farms)):
            if claim in found:
                report = module.Report(found[claim])
                print(report.text())
                if asked.output:
                    report.draw(f"{asked.output}_{claim}.png")
            if claim in found or not found:
                on_record(claim, f"The record on claim {2 if claim == 'exports' else 3}, which the verdict does not use:")
        on_record("whole", "The record on the paper as a whole:")
    except (ValueError, OSError, KeyError) as error:
        sys.exit(f"claims.py: {error.args[0] if isinstance(error, KeyError) else error}")


if __name__ == "__main__":
    main()
