"""The schema of scenario files accepts what the program accepts, and marks the mistakes an editor should mark.

Usage: schema_test.py SCHEMA SCENARIO_FOLDER      (python3-jsonschema python3-yaml)
"""

import json
import pathlib
import sys

import jsonschema
import yaml

WRONG = {
    "an unknown key": "fund: {flor: 0.1}",
    "an unknown key at the top": "conectivity_demand: 1",
    "a value out of range": "fund: {floor: 2}",
    "a value out of range beside its source": "fund: {floor: {value: 2, source: x}}",
    "a text for a number": "fund: {floor: much}",
    "half a tick": "clock: {ticks: 2.5}",
    "an unknown choice": "bargaining: {outside_option: split}",
    "an unknown quality": "fund: {floor: {value: 0.1, quality: guessed}}",
    "a range of one number": "fund: {floor: {value: 0.1, range: [0]}}",
    "a value and a record": "fund: {floor: {value: 0.1, record: x, file: y, year: 2000}}",
    "an unknown key of a partner": "partners: {China: {patience: 1}}",
    "a list for a mapping": "oil: [1, 2]",
}
RIGHT = {
    "nothing": "fund:",
    "a switch as yes": "fund: {patience: yes}",
    "a switch as a word": "fund: {patience: on}",
    "a constant path": "oil: {price: 70}",
    "points": "oil: {price: {points: {2000: 30, 2010.5: 80}}}",
    "an annotated value": "fund: {floor: {value: 0.1, source: assumed, range: [0, 0.2]}}",
    "an endowment in short": "regions: {Atyrau: {endowment: {energy: 1}}}",
}


def loaded(text):
    """YAML as JSON has it: every key a text."""
    return json.loads(json.dumps(yaml.safe_load(text)))


def main(schema_file, folder):
    schema = json.loads(pathlib.Path(schema_file).read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    files = sorted(file for file in pathlib.Path(folder).rglob("*.yaml") if file.parent.name != "designs" and file.name != "priors.yaml")
    assert len(files) >= 4
    for file in files:
        faults = list(validator.iter_errors(loaded(file.read_text())))
        assert not faults, f"{file}: {faults[0].message}"
    for name, text in RIGHT.items():
        assert validator.is_valid(loaded(text)), f"the schema refuses {name}: {text}"
    for name, text in WRONG.items():
        assert not validator.is_valid(loaded(text)), f"the schema accepts {name}: {text}"
    print(f"{len(files)} scenarios fit the schema; {len(WRONG)} mistakes do not")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
