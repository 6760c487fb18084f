import jsonschema_rs
import pytest

from tests.fakes.discord_spec import described

SCHEMAS = """\
import * as z from "zod/mini";

export const PartSchema = /* @__PURE__ */ zObject({
  name: /* @__PURE__ */ z.string().check(/* @__PURE__ */ z.maxLength(3)),
  "x-more": /* @__PURE__ */ z.nullish(/* @__PURE__ */ z.lazy(() => PartSchema)),
});

export const AVeryLongNameThatTakesALineSchema =
  /* @__PURE__ */ z.array(/* @__PURE__ */ z.literal([1, "two"])).check(z.minLength(1));
"""
TYPES = """\
export interface Other { x: 1 }
export interface Paths {
  "/parts": {
    /** Make one. */
    post: {
      requestBody?: Part | null;
      responses: { "200": Part[]; "204": unknown };
    };
    get: { requestBody?: undefined; responses: { "200": { [name: string]: number } } };
  };
}
"""


@pytest.fixture(scope="module")
def spec():
    return described(SCHEMAS, TYPES)


def is_part(spec, value) -> bool:
    schema = {"$ref": "#/components/schemas/Part", "components": spec["components"]}
    return jsonschema_rs.validator_for(schema).is_valid(value)


def test_a_component_keeps_its_limits(spec):
    assert is_part(spec, {"name": "abc"})
    assert not is_part(spec, {"name": "abcd"})
    assert not is_part(spec, {})


def test_what_may_be_left_out_may_and_what_it_refers_to_holds(spec):
    assert is_part(spec, {"name": "a", "x-more": None})
    assert is_part(spec, {"name": "a", "x-more": {"name": "b"}})
    assert not is_part(spec, {"name": "a", "x-more": {"name": "too long"}})


def test_limits_of_a_list_count_its_items(spec):
    schema = spec["components"]["schemas"]["AVeryLongNameThatTakesALine"]
    assert jsonschema_rs.validator_for(schema).is_valid(["two", 1])
    assert not jsonschema_rs.validator_for(schema).is_valid([])
    assert not jsonschema_rs.validator_for(schema).is_valid([2])


def test_an_operation_says_what_it_takes_and_gives(spec):
    post, get = spec["paths"]["/parts"]["post"], spec["paths"]["/parts"]["get"]
    part = {"$ref": "#/components/schemas/Part"}
    taken = post["requestBody"]["content"]["application/json"]["schema"]
    assert taken == {"anyOf": [part, {"type": "null"}]}
    given = post["responses"]["200"]["content"]["application/json"]["schema"]
    assert given == {"type": "array", "items": part}
    assert post["responses"]["204"] == {}
    assert "requestBody" not in get


def test_what_is_not_known_is_an_error():
    with pytest.raises(ValueError, match="bigint"):
        described("export const XSchema = z.bigint();\n", TYPES)
