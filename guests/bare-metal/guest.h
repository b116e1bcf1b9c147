/* SPDX-License-Identifier: Apache-2.0 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* start.S: the registers x0 to x7 of a hypercall; x0 to x3 have its results afterwards. */
struct registers {
	uint64_t x[8];
};

void hypervisor_identify(struct registers *registers);
void doorbell_receive(struct registers *registers);
void msgqueue_send(struct registers *registers);
void msgqueue_receive(struct registers *registers);
uint64_t firmware(uint64_t use_smc, uint64_t function);

void main(const void *devicetree);
void unexpected(uint64_t syndrome, uint64_t address, uint64_t fault) __attribute__((noreturn));

/* memory.c */
void *memset(void *to, int value, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size);

/* console.c: a PL011, or nothing where the VM has none. */
void console_use(uint64_t base);
void put(const char *text);
void put_hex(uint64_t value);
void put_line(const char *text, uint64_t value);

/* fdt.c: nodes of the devicetree in the order in which they are written. */
struct fdt {
	const uint8_t *structure;
	const uint8_t *end;
	const char *strings;
	uint32_t strings_size;
};

struct fdt_node {
	const uint8_t *properties;
	uint32_t address_cells; /* of the parent: how many cells an address and a size in reg have */
	uint32_t size_cells;
	const char *name;
};

struct fdt_value {
	const uint8_t *bytes;
	uint32_t size;
};

bool fdt_open(struct fdt *fdt, const void *blob);
bool fdt_find(const struct fdt *fdt, const char *compatible, const char *property, struct fdt_node *node);
bool fdt_property(const struct fdt *fdt, const struct fdt_node *node, const char *name, struct fdt_value *value);
bool fdt_has_word(struct fdt_value list, const char *word);
uint32_t fdt_cell(struct fdt_value value, uint32_t index);
uint64_t fdt_number(struct fdt_value value, uint32_t index, uint32_t cells);

/* gic.c: sleeping until an interrupt comes. */
bool gic_use(const struct fdt *fdt);
void gic_enable(const struct fdt *fdt, const struct fdt_node *node);
void gic_wait(void);

/* queue.c: a pair of message queues, one for each direction. */
#define MESSAGE_SIZE 240

struct queues {
	uint64_t send;
	uint64_t receive;
};

bool queues_of(const struct fdt *fdt, const struct fdt_node *node, struct queues *queues);
bool queue_send(const struct queues *queues, const void *message, size_t size, bool push);
size_t queue_receive(const struct queues *queues, void *message);

/* bell.c: a doorbell that is answered by a store. */
void bell_answer(const struct fdt *fdt);

/* rm.c: requests to the Resource Manager. */
#define RM_VM_GET_OWNER		0x56000015u
#define RM_VM_GET_ID		0x56000010u
#define RM_VM_GET_VMID		0x56000024u
#define RM_VM_HOST_GET_TYPE	0x560000a0u
#define RM_UNIMPLEMENTED	0xffffffffu
#define RM_BROKEN		0xfffffffeu /* ours: no answer that can be understood */

struct rm_reply {
	uint32_t error;
	uint32_t size;
	uint8_t bytes[1024];
};

void rm_call(const struct queues *queues, uint32_t message, const void *payload, size_t size, struct rm_reply *reply);
uint32_t rm_word(const struct rm_reply *reply, uint32_t offset);

#endif
