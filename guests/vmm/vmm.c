/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A small VMM for /dev/gunyah: makes a VM of a raw image, runs it, plays its UART, and exchanges messages with it over a pair of queues.
 *   vmm IMAGE TREE MESSAGES|stop|leave [MEMORY_KIB]
 * TREE is the configuration of the VM (proxy.dts or static.dts). Every message comes back from the guest; all bytes are compared. Ends with 0 where
 * the VM has powered itself off and nothing was wrong. With stop it ends the VM, by leaving it, when one message has come back; with leave after
 * a moment, whatever the VM does.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../module/uapi/gunyah.h"

#define BASE		0x80000000ull
#define TREE_ROOM	(64ul << 10)
#define DEFAULT_KIB	2048
#define QUEUE_LABEL	1
#define MESSAGE_SIZE	240
#define WINDOW		6 /* messages under way: fewer than a queue holds, so that neither side waits for the other for ever */

#define BELL_LABEL	2
#define LEVEL_LABEL	3
#define BELL_RINGS	3
#define BELL_ANSWER	0x9010000ull
#define BELL_PATIENCE	30000 /* milliseconds */

#define MOMENT		100000 /* microseconds */

#define UART_BASE	0x9000000ull
#define UART_SIZE	0x1000ull
#define UART_DATA	0x00
#define UART_FLAGS	0x18
#define UART_IDLE	0x90 /* the FIFOs are empty */

#define EXIT_PLATFORM_OFF 1

struct vm {
	int device;
	int file;
	int vcpu;
	int queues;
	int bell; /* -1 for a VM without one */
	int answers[BELL_RINGS];
	void *memory;
	size_t size;
	struct gunyah_vcpu_page *page;
	int exit_type;
	int failure;
};

static void die(const char *what)
{
	fprintf(stderr, "vmm: %s: %s\n", what, strerror(errno));
	exit(1);
}

static size_t load(const char *path, void *place, size_t room)
{
	int file = open(path, O_RDONLY);
	size_t size = 0;
	ssize_t count;

	if (file < 0)
		die(path);
	while ((count = read(file, (char *)place + size, room - size)) > 0)
		size += (size_t)count;
	if (count < 0)
		die(path);
	if (size == room) {
		fprintf(stderr, "vmm: %s does not fit\n", path);
		exit(1);
	}
	close(file);
	return size;
}

static int add(struct vm *vm, uint32_t type, const void *argument, uint32_t size)
{
	struct gunyah_function_request request = { .type = type, .size = size, .argument = (uintptr_t)argument };
	int result = ioctl(vm->file, GUNYAH_ADD_FUNCTION, &request);

	if (result < 0)
		die("a function cannot be added");
	return result;
}

/* A function that is taken back before the VM starts is as if it had never been; a VM has none with this label. */
static void add_and_remove(struct vm *vm)
{
	struct gunyah_irqfd_argument bell = { .fd = (uint32_t)vm->bell, .label = 77 };
	struct gunyah_function_request request = { .type = GUNYAH_FUNCTION_IRQFD, .size = sizeof(bell), .argument = (uintptr_t)&bell };

	add(vm, GUNYAH_FUNCTION_IRQFD, &bell, sizeof(bell));
	if (!ioctl(vm->file, GUNYAH_ADD_FUNCTION, &request) || errno != EEXIST)
		die("a function with a label that is taken");
	if (ioctl(vm->file, GUNYAH_REMOVE_FUNCTION, &request))
		die("a function cannot be removed");
	if (!ioctl(vm->file, GUNYAH_REMOVE_FUNCTION, &request) || errno != ENOENT)
		die("a function that is not there");
}

/* An eventfd that rings the VM, and one for each answer: a store of its number. The last is a store of any value in any size. */
static void add_bell(struct vm *vm)
{
	struct gunyah_irqfd_argument bell = { .label = BELL_LABEL };

	vm->bell = eventfd(0, EFD_CLOEXEC);
	bell.fd = (uint32_t)vm->bell;
	add(vm, GUNYAH_FUNCTION_IRQFD, &bell, sizeof(bell));
	/* The same as a level: the hypervisor has to accept that. */
	bell.label = LEVEL_LABEL;
	bell.flags = GUNYAH_IRQFD_LEVEL;
	add(vm, GUNYAH_FUNCTION_IRQFD, &bell, sizeof(bell));
	add_and_remove(vm);
	for (int ring = 0; ring < BELL_RINGS; ring++) {
		struct gunyah_ioeventfd_argument answer = { .address = BELL_ANSWER };

		if (ring < BELL_RINGS - 1) {
			answer.length = 4;
			answer.datamatch = (uint64_t)ring + 1;
			answer.flags = GUNYAH_IOEVENTFD_DATAMATCH;
		}
		vm->answers[ring] = eventfd(0, EFD_CLOEXEC);
		answer.fd = vm->answers[ring];
		add(vm, GUNYAH_FUNCTION_IOEVENTFD, &answer, sizeof(answer));
	}
}

/* Rings, and waits for the answer. */
static void ring(struct vm *vm)
{
	for (int i = 0; i < BELL_RINGS; i++) {
		struct pollfd answer = { .fd = vm->answers[i], .events = POLLIN };
		uint64_t one = 1, count;

		if (write(vm->bell, &one, sizeof(one)) != sizeof(one))
			die("the bell cannot be rung");
		if (poll(&answer, 1, BELL_PATIENCE) != 1 || read(vm->answers[i], &count, sizeof(count)) != sizeof(count) || count != 1) {
			fprintf(stderr, "vmm: ring %d has no answer\n", i + 1);
			exit(1);
		}
	}
	printf("vmm: %d rings answered\n", BELL_RINGS);
}

static void create(struct vm *vm, const char *image, const char *tree)
{
	static const char answers[] = "gunyah-net,ring-back";
	struct gunyah_memory_region region = {
		.flags = GUNYAH_MEMORY_READ | GUNYAH_MEMORY_WRITE | GUNYAH_MEMORY_EXECUTE, .guest_address = BASE, .size = vm->size,
	};
	struct gunyah_tree_region where = { .guest_address = BASE + vm->size - TREE_ROOM, .size = TREE_ROOM };
	struct gunyah_vcpu_argument vcpu = { .id = 0 };
	struct gunyah_queues_argument queues = { .label = QUEUE_LABEL };

	vm->device = open("/dev/gunyah", O_RDWR | O_CLOEXEC);
	if (vm->device < 0)
		die("/dev/gunyah");
	vm->file = ioctl(vm->device, GUNYAH_CREATE_VM, 0);
	if (vm->file < 0)
		die("a VM cannot be created");
	vm->memory = mmap(NULL, vm->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (vm->memory == MAP_FAILED)
		die("memory");
	load(image, vm->memory, vm->size - TREE_ROOM);
	load(tree, (char *)vm->memory + vm->size - TREE_ROOM, TREE_ROOM);
	region.user_address = (uintptr_t)vm->memory;
	if (ioctl(vm->file, GUNYAH_LEND_USER_MEMORY, &region))
		die("the memory cannot be lent");
	if (ioctl(vm->file, GUNYAH_SET_TREE, &where))
		die("the devicetree");
	vm->vcpu = add(vm, GUNYAH_FUNCTION_VCPU, &vcpu, sizeof(vcpu));
	vm->queues = add(vm, GUNYAH_FUNCTION_QUEUES, &queues, sizeof(queues));
	if (memmem((char *)vm->memory + vm->size - TREE_ROOM, TREE_ROOM, answers, sizeof(answers)))
		add_bell(vm);
	vm->page = mmap(NULL, (size_t)ioctl(vm->vcpu, GUNYAH_VCPU_MMAP_SIZE, 0), PROT_READ | PROT_WRITE, MAP_SHARED, vm->vcpu, 0);
	if (vm->page == MAP_FAILED)
		die("the page of the vCPU");
	if (ioctl(vm->file, GUNYAH_START, 0))
		die("the VM cannot be started");
}

static void uart(struct gunyah_vcpu_page *page)
{
	static bool in_line;
	uint64_t offset = page->mmio.address - UART_BASE;

	if (!page->mmio.is_write) {
		memset(page->mmio.data, 0, sizeof(page->mmio.data));
		if (offset == UART_FLAGS)
			page->mmio.data[0] = UART_IDLE;
	} else if (offset == UART_DATA) {
		if (!in_line)
			fputs("vm: ", stdout);
		in_line = page->mmio.data[0] != '\n';
		putchar(page->mmio.data[0]);
		if (!in_line)
			fflush(stdout);
	}
}

static void *run(void *argument)
{
	struct vm *vm = argument;

	for (;;) {
		if (ioctl(vm->vcpu, GUNYAH_VCPU_RUN, 0)) {
			if (errno == EINTR)
				continue;
			vm->failure = errno;
			return NULL;
		}
		switch (vm->page->exit_reason) {
		case GUNYAH_EXIT_MMIO:
			if (vm->page->mmio.address - UART_BASE >= UART_SIZE)
				fprintf(stderr, "vmm: nothing is at 0x%llx\n", (unsigned long long)vm->page->mmio.address);
			uart(vm->page);
			break;
		case GUNYAH_EXIT_STATUS:
			vm->exit_type = vm->page->status.exit_type;
			return NULL;
		default:
			vm->failure = EPROTO;
			return NULL;
		}
	}
}

/* The contents of message number, whose size varies with it too. */
static size_t message_of(unsigned long number, uint8_t *message)
{
	size_t size = 5 + number * 7 % (MESSAGE_SIZE - 4), i;
	uint32_t state = (uint32_t)number * 2654435761u + 1;

	for (i = 0; i < size; i++) {
		state = state * 1664525u + 1013904223u;
		message[i] = (uint8_t)(state >> 24);
	}
	return size;
}

static unsigned long exchange(struct vm *vm, unsigned long count)
{
	uint8_t sent[MESSAGE_SIZE], got[MESSAGE_SIZE], expected[MESSAGE_SIZE];
	unsigned long next = 0, back = 0, wrong = 0;

	while (back < count) {
		while (next < count && next - back < WINDOW) {
			size_t size = message_of(next++, sent);

			if (write(vm->queues, sent, size) != (ssize_t)size)
				die("a message cannot be sent");
		}
		size_t size = message_of(back++, expected);
		ssize_t received = read(vm->queues, got, sizeof(got));

		if (received < 0)
			die("a message cannot be received");
		if (!received) {
			fprintf(stderr, "vmm: the VM has ended after %lu messages\n", back - 1);
			return count;
		}
		if ((size_t)received != size || memcmp(got, expected, size))
			wrong++;
	}
	return wrong;
}

int main(int argc, char **argv)
{
	struct vm vm = { .exit_type = -1, .bell = -1 };
	unsigned long count, wrong;
	pthread_t thread;
	bool stop, leave;
	ssize_t end;
	char nothing;

	if (argc < 4) {
		fprintf(stderr, "usage: vmm IMAGE TREE MESSAGES|stop|leave [MEMORY_KIB]\n");
		return 2;
	}
	stop = !strcmp(argv[3], "stop");
	leave = !strcmp(argv[3], "leave");
	count = stop ? 1 : strtoul(argv[3], NULL, 0);
	vm.size = (argc > 4 ? strtoul(argv[4], NULL, 0) : DEFAULT_KIB) << 10;
	create(&vm, argv[1], argv[2]);
	if (pthread_create(&thread, NULL, run, &vm))
		die("a thread");
	if (leave) {
		usleep(MOMENT);
		exit(0);
	}
	if (vm.bell >= 0)
		ring(&vm);
	wrong = exchange(&vm, count);
	if (stop)
		exit(wrong ? 1 : 0);
	if (write(vm.queues, "stop", 4) != 4)
		die("stop cannot be sent");
	/* Nothing comes any more, and the end of the VM is the end of the file. */
	end = read(vm.queues, &nothing, sizeof(nothing));
	if (end) {
		fprintf(stderr, "vmm: behind the last message comes %zd\n", end);
		wrong++;
	}
	pthread_join(thread, NULL);
	printf("vmm: %lu messages, %lu wrong; exit type %d, failure %d\n", count, wrong, vm.exit_type, vm.failure);
	return wrong || vm.failure || vm.exit_type != EXIT_PLATFORM_OFF;
}
