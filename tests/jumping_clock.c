/* Preloaded into a program, this makes its clock jump: the time of day is that of the system plus as many seconds as
   the file CLOCK_OFFSET says now. Timers go by a clock that never jumps, and are left alone, as when an operator sets
   the clock of a machine. */

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int64_t seconds_added(void)
{
    static volatile int64_t *offset;
    if (!offset) {
        int file = open(getenv("CLOCK_OFFSET"), O_RDONLY | O_CLOEXEC);
        offset = mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);
        close(file);
    }
    return *offset;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int failed = syscall(SYS_clock_gettime, clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += seconds_added();
    return failed;
}

int gettimeofday(struct timeval *now, void *zone)
{
    struct timespec precise;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now)
{
    struct timespec precise;
    clock_gettime(CLOCK_REALTIME, &precise);
    if (now)
        *now = precise.tv_sec;
    return precise.tv_sec;
}
