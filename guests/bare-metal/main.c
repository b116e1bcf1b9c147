/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program for a VM of Gunyah that needs no kernel. It finds everything through the devicetree, says who it is, and then, if its VM has a pair
 * of message queues to somebody, sends back what comes until the word "stop". It ends with the VM: power-off where all was well, reset otherwise.
 */
#include "guest.h"

#define PSCI_SYSTEM_OFF		0x84000008u
#define PSCI_SYSTEM_RESET	0x84000009u

#define API_VERSION(word)	((word) & 0x3fff)

static const struct fdt *tree;

static void end(uint32_t function) __attribute__((noreturn));
static void end(uint32_t function)
{
	struct fdt_node psci;
	struct fdt_value method;
	bool smc = tree && fdt_find(tree, "arm,psci-1.0", NULL, &psci) && fdt_property(tree, &psci, "method", &method) && fdt_has_word(method, "smc");

	firmware(smc, function);
	for (;;)
		;
}

static void fail(const char *what, uint64_t value) __attribute__((noreturn));
static void fail(const char *what, uint64_t value)
{
	put("guest: FAILED: ");
	put_line(what, value);
	end(PSCI_SYSTEM_RESET);
}

void unexpected(uint64_t syndrome, uint64_t address, uint64_t fault)
{
	put_line("guest: exception at ", address);
	put_line("guest: address ", fault);
	fail("syndrome ", syndrome);
}

static void find_console(const struct fdt *fdt)
{
	struct fdt_node node;
	struct fdt_value reg;

	if (!fdt_find(fdt, "arm,pl011", NULL, &node) || !fdt_property(fdt, &node, "reg", &reg))
		return;
	console_use(fdt_number(reg, 0, node.address_cells));
}

static void identify(void)
{
	struct registers call = { 0 };

	hypervisor_identify(&call);
	if (API_VERSION(call.x[0]) != 1)
		fail("unknown version of the hypervisor's interface: ", call.x[0]);
	put_line("guest: hypervisor ", call.x[0]);
	put_line("guest: features ", call.x[1]);
}

static uint32_t ask(const struct queues *queues, const char *what, uint32_t message)
{
	struct rm_reply reply;

	rm_call(queues, message, NULL, 0, &reply);
	if (reply.error)
		fail(what, reply.error);
	put(what);
	put_line("", rm_word(&reply, 0));
	return rm_word(&reply, 0);
}

/* VM_GET_ID of ourselves: a count, and an entry for each thing that is known; type 2 is the name. */
static void ask_name(const struct queues *queues)
{
	static const uint8_t self[4];
	struct rm_reply reply;
	uint32_t offset = 4, i;

	rm_call(queues, RM_VM_GET_ID, self, sizeof(self), &reply);
	if (reply.error)
		fail("VM_GET_ID answers ", reply.error);
	for (i = 0; i < rm_word(&reply, 0) && offset + 4 <= reply.size; i++) {
		uint32_t head = rm_word(&reply, offset), size = head >> 16;

		offset += 4;
		if (size > reply.size - offset)
			fail("VM_GET_ID has an entry of bytes: ", size);
		if ((head & 0xff) == 2) {
			char name[81] = { 0 };

			for (uint32_t at = 0; at < size && at < sizeof(name) - 1; at++)
				name[at] = (char)reply.bytes[offset + at];
			put("guest: name ");
			put(name);
			put("\n");
		}
		offset += (size + 3) & ~3u;
	}
}

static void talk_to_manager(const struct fdt *fdt)
{
	struct rm_reply reply;
	struct fdt_node node;
	struct queues queues;

	if (!fdt_find(fdt, "gunyah-resource-manager", NULL, &node)) {
		put("guest: no Resource Manager\n");
		return;
	}
	if (!queues_of(fdt, &node, &queues))
		fail("the node of the Resource Manager has a bad reg", 0);
	put("guest: Resource Manager at ");
	put(node.name);
	put("\n");
	ask(&queues, "guest: VMID ", RM_VM_GET_VMID);
	ask(&queues, "guest: owner ", RM_VM_GET_OWNER);
	ask(&queues, "guest: host type ", RM_VM_HOST_GET_TYPE);
	ask_name(&queues);
	rm_call(&queues, 0x560000ff, NULL, 0, &reply);
	if (reply.error != RM_UNIMPLEMENTED)
		fail("an unknown request answers ", reply.error);
}

static bool is_stop(const uint8_t *message, size_t size)
{
	return size == 4 && message[0] == 's' && message[1] == 't' && message[2] == 'o' && message[3] == 'p';
}

static void echo(const struct fdt *fdt)
{
	uint8_t message[MESSAGE_SIZE] __attribute__((aligned(16)));
	struct fdt_node node;
	struct fdt_value value;
	struct queues queues;
	uint64_t count = 0;
	size_t size;

	/* A label is what tells an ordinary queue pair from the one to the Resource Manager. */
	if (!fdt_find(fdt, "qcom,gunyah-message-queue", "label", &node) || !queues_of(fdt, &node, &queues))
		return;
	fdt_property(fdt, &node, "label", &value);
	put_line("guest: queue pair with label ", fdt_cell(value, 0));
	while ((size = queue_receive(&queues, message)) && !is_stop(message, size)) {
		if (!queue_send(&queues, message, size, true))
			fail("a message cannot be sent back: ", count);
		count++;
	}
	put_line("guest: messages sent back: ", count);
	if (!size)
		fail("the queue is gone", count);
}

void main(const void *devicetree)
{
	struct fdt fdt;

	if (!fdt_open(&fdt, devicetree))
		fail("no devicetree at ", (uintptr_t)devicetree);
	tree = &fdt;
	find_console(&fdt);
	put_line("guest: devicetree at ", (uintptr_t)devicetree);
	if (!gic_use(&fdt))
		put("guest: no interrupt controller\n");
	identify();
	talk_to_manager(&fdt);
	bell_answer(&fdt);
	echo(&fdt);
	put("guest: done\n");
	end(PSCI_SYSTEM_OFF);
}
