/* SPDX-License-Identifier: Apache-2.0 */
/* A reader of flattened devicetrees (Devicetree Specification v0.4, chapter 5) that copies nothing and believes no length. */
#include "guest.h"

#define FDT_MAGIC	0xd00dfeedu
#define FDT_BEGIN_NODE	1u
#define FDT_END_NODE	2u
#define FDT_PROP	3u
#define FDT_NOP		4u

#define MAX_DEPTH	16
#define DEFAULT_ADDRESS_CELLS	2
#define DEFAULT_SIZE_CELLS	1

static uint32_t be32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool same(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

bool fdt_open(struct fdt *fdt, const void *blob)
{
	const uint8_t *header = blob;
	uint32_t total, structure, strings, structure_size;

	if (((uintptr_t)blob & 7) || be32(header) != FDT_MAGIC)
		return false;
	total = be32(header + 4);
	structure = be32(header + 8);
	strings = be32(header + 12);
	fdt->strings_size = be32(header + 32);
	structure_size = be32(header + 36);
	if (structure > total || structure_size > total - structure || structure % 4 || strings > total || fdt->strings_size > total - strings)
		return false;
	fdt->structure = header + structure;
	fdt->end = fdt->structure + structure_size;
	fdt->strings = (const char *)header + strings;
	return true;
}

/* The token at *place, whose contents begin at *body; *place goes behind it. FDT_END where the block ends or is broken. */
static uint32_t next(const struct fdt *fdt, const uint8_t **place, const uint8_t **body)
{
	const uint8_t *at = *place;
	uint32_t token, size;

	do {
		if ((size_t)(fdt->end - at) < 4)
			return 0;
		token = be32(at);
		at += 4;
	} while (token == FDT_NOP);
	*body = at;
	switch (token) {
	case FDT_BEGIN_NODE:
		while (at < fdt->end && *at)
			at++;
		if (at == fdt->end)
			return 0;
		at++;
		break;
	case FDT_PROP:
		if (fdt->end - at < 8)
			return 0;
		size = be32(at);
		if (size > (size_t)(fdt->end - at) - 8)
			return 0;
		at += 8 + size;
		break;
	case FDT_END_NODE:
		break;
	default:
		return 0;
	}
	*place = fdt->structure + (((size_t)(at - fdt->structure) + 3) & ~(size_t)3);
	return token;
}

bool fdt_property(const struct fdt *fdt, const struct fdt_node *node, const char *name, struct fdt_value *value)
{
	const uint8_t *place = node->properties, *body;

	while (next(fdt, &place, &body) == FDT_PROP) {
		uint32_t text = be32(body + 4);

		if (text < fdt->strings_size && same(fdt->strings + text, name)) {
			value->size = be32(body);
			value->bytes = body + 8;
			return true;
		}
	}
	return false;
}

/* The first node that is compatible and, if property is not NULL, has that too. */
bool fdt_find(const struct fdt *fdt, const char *compatible, const char *property, struct fdt_node *node)
{
	uint32_t address_cells[MAX_DEPTH] = { DEFAULT_ADDRESS_CELLS }, size_cells[MAX_DEPTH] = { DEFAULT_SIZE_CELLS };
	const uint8_t *place = fdt->structure, *body;
	unsigned int depth = 0;
	uint32_t token;

	while ((token = next(fdt, &place, &body))) {
		struct fdt_value value;

		if (token == FDT_END_NODE) {
			if (!depth--)
				return false;
		} else if (token == FDT_BEGIN_NODE) {
			struct fdt_node here = {
				.properties = place,
				.address_cells = address_cells[depth],
				.size_cells = size_cells[depth],
				.name = (const char *)body,
			};

			if (fdt_property(fdt, &here, "compatible", &value) && fdt_has_word(value, compatible) &&
			    (!property || fdt_property(fdt, &here, property, &value))) {
				*node = here;
				return true;
			}
			if (++depth == MAX_DEPTH)
				return false;
			address_cells[depth] = fdt_property(fdt, &here, "#address-cells", &value) ? fdt_cell(value, 0) : DEFAULT_ADDRESS_CELLS;
			size_cells[depth] = fdt_property(fdt, &here, "#size-cells", &value) ? fdt_cell(value, 0) : DEFAULT_SIZE_CELLS;
		}
	}
	return false;
}

bool fdt_has_word(struct fdt_value list, const char *word)
{
	uint32_t start = 0, i;

	for (i = 0; i < list.size; i++) {
		if (list.bytes[i])
			continue;
		if (same((const char *)list.bytes + start, word))
			return true;
		start = i + 1;
	}
	return false;
}

uint32_t fdt_cell(struct fdt_value value, uint32_t index)
{
	return index < value.size / 4 ? be32(value.bytes + 4 * index) : 0;
}

uint64_t fdt_number(struct fdt_value value, uint32_t index, uint32_t cells)
{
	uint64_t number = 0;

	while (cells--)
		number = number << 32 | fdt_cell(value, index++);
	return number;
}
