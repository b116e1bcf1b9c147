// Tells libfdt's verdict on blobs. Standard input holds records of a length (4 bytes, big endian) and a blob; standard output gets a
// line for each: the result of fdt_check_full, or "crash" where the library crashed or did not come back.
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int read_length(size_t *length)
{
    unsigned char bytes[4];
    if (fread(bytes, 1, sizeof bytes, stdin) != sizeof bytes)
        return 0;
    *length = (size_t)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    return 1;
}

int main(void)
{
    size_t length;
    while (read_length(&length)) {
        // A page of zeros behind the blob, so that what the library reads beyond it is the same every time.
        char *blob = calloc(1, length + 4096);
        if (!blob || fread(blob, 1, length, stdin) != length)
            return 2;
        int pipe_ends[2];
        if (pipe(pipe_ends) != 0)
            return 2;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            alarm(2);
            int verdict = fdt_check_full(blob, length);
            _exit(write(pipe_ends[1], &verdict, sizeof verdict) == sizeof verdict ? 0 : 2);
        }
        close(pipe_ends[1]);
        int verdict, status;
        int complete = read(pipe_ends[0], &verdict, sizeof verdict) == sizeof verdict;
        close(pipe_ends[0]);
        waitpid(child, &status, 0);
        if (complete)
            printf("%d\n", verdict);
        else
            printf("crash\n");
        free(blob);
    }
    return 0;
}
