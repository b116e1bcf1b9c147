"""Prints what libyaml says of each text of a file of JSON strings, one a line."""

import json
import sys

import yaml


class Unusual(Exception):
    """A value that Python cannot show as we do: keys that are no strings or stand twice, aliases that lead back."""


def value(node, above=()):
    if node in above:
        raise Unusual("recursive")
    if isinstance(node, yaml.ScalarNode):
        return node.value
    above += (node,)
    if isinstance(node, yaml.SequenceNode):
        return [value(item, above) for item in node.value]
    keys = [key.value for key, _ in node.value]
    if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value) or len(set(keys)) < len(keys):
        raise Unusual("keys")
    return {key.value: value(item, above) for key, item in node.value}


def verdict(text):
    try:
        loader = yaml.CBaseLoader(text)
        try:
            node = loader.get_single_node()
            return ["read", None if node is None else value(node)]
        finally:
            loader.dispose()
    except yaml.reader.ReaderError:
        return ["refused", None, None, "control characters are not allowed"]
    except yaml.YAMLError as error:
        mark = error.problem_mark
        return ["refused", mark.line + 1, mark.column + 1, error.problem]
    except Unusual as reason:
        return ["other", str(reason)]


with open(sys.argv[1], encoding="utf-8") as texts:
    for line in texts:
        print(json.dumps(verdict(json.loads(line)), ensure_ascii=True))
