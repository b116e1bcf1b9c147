// Walks blobs with libfdt: every node, and of every property the name and the value. The peer of bench/BlobWalk, which does the same
// with our library and prints the same line.
//   libfdt-walk ROUNDS FILE…
#include <libfdt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t nodes, properties, sum;

static void *load(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    long size = ftell(file);
    rewind(file);
    void *blob = malloc(size);
    if (!blob || fread(blob, 1, size, file) != (size_t)size)
        return NULL;
    fclose(file);
    return fdt_check_header(blob) == 0 ? blob : NULL;
}

static void walk(const void *blob)
{
    for (int node = fdt_next_node(blob, -1, NULL); node >= 0; node = fdt_next_node(blob, node, NULL)) {
        int length, property;
        const char *name = fdt_get_name(blob, node, &length);
        nodes++;
        sum += length + (unsigned char)name[0];
        fdt_for_each_property_offset(property, blob, node) {
            const unsigned char *value = fdt_getprop_by_offset(blob, property, &name, &length);
            properties++;
            sum += length + (unsigned char)name[0] + (length > 0 ? value[length - 1] : 0);
        }
    }
}

int main(int argc, char **argv)
{
    int rounds = argc > 2 ? atoi(argv[1]) : 0;
    if (rounds < 1) {
        fprintf(stderr, "libfdt-walk ROUNDS FILE...\n");
        return 2;
    }
    void **blobs = calloc(argc, sizeof *blobs);
    for (int i = 2; i < argc; i++) {
        if (!(blobs[i] = load(argv[i]))) {
            fprintf(stderr, "%s cannot be used\n", argv[i]);
            return 1;
        }
    }
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    for (int round = 0; round < rounds; round++)
        for (int i = 2; i < argc; i++)
            walk(blobs[i]);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    double seconds = (after.tv_sec - before.tv_sec) + (after.tv_nsec - before.tv_nsec) / 1e9;
    printf("%llu nodes %llu properties sum %llu: %.3f ns a property\n", (unsigned long long)(nodes / rounds),
           (unsigned long long)(properties / rounds), (unsigned long long)(sum / rounds), seconds * 1e9 / properties);
    return 0;
}
