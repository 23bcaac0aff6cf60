/* A system whose calls fail: loaded before libc, it lets calls on files below a folder fail, from one of them on.

   FAIL_CALL is the name of the call, FAIL_UNDER a part of the paths it is about, FAIL_FROM how many of them succeed,
   FAIL_TIMES how many fail then, and FAIL_ERRNO the error. FAIL_TOLD is a file that gets a byte for each failure. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int seen;

static int fails(const char *call, const char *path) {
    const char *wanted = getenv("FAIL_CALL"), *under = getenv("FAIL_UNDER");
    if (!wanted || !under || !path || strcmp(wanted, call) || !strstr(path, under)) return 0;
    int number = atomic_fetch_add(&seen, 1) - atoi(getenv("FAIL_FROM"));
    if (number < 0 || number >= atoi(getenv("FAIL_TIMES"))) return 0;
    long told = syscall(SYS_openat, AT_FDCWD, getenv("FAIL_TOLD"), O_WRONLY | O_CREAT | O_APPEND, 0644);
    syscall(SYS_write, told, "!", 1);
    syscall(SYS_close, told);
    errno = atoi(getenv("FAIL_ERRNO"));
    return 1;
}

static int fails_at(const char *call, int file) {
    char link[64], path[PATH_MAX];
    if (!getenv("FAIL_CALL") || strcmp(getenv("FAIL_CALL"), call)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return fails(call, path);
}

/* A path may be told from a folder that is open: then that says where it is. */
static int fails_within(const char *call, int folder, const char *path) {
    return folder == AT_FDCWD || *path == '/' ? fails(call, path) : fails_at(call, folder);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define CALL(type, name, about, parameters, arguments) \
    type name parameters { return fails(#name, about) ? -1 : NEXT(name) arguments; }
#define CALL_WITHIN(type, name, folder, about, parameters, arguments) \
    type name parameters { return fails_within(#name, folder, about) ? -1 : NEXT(name) arguments; }
#define CALL_AT(type, name, parameters, arguments) \
    type name parameters { return fails_at(#name, file) ? -1 : NEXT(name) arguments; }

CALL_AT(ssize_t, read, (int file, void *bytes, size_t size), (file, bytes, size))
CALL_AT(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size))
CALL_AT(int, fsync, (int file), (file))
CALL(int, rename, to, (const char *from, const char *to), (from, to))
CALL(int, renameat2, to, (int one, const char *from, int two, const char *to, unsigned flags), (one, from, two, to, flags))
CALL_WITHIN(int, linkat, two, to, (int one, const char *from, int two, const char *to, int flags), (one, from, two, to, flags))
CALL_WITHIN(int, mkdirat, folder, path, (int folder, const char *path, mode_t mode), (folder, path, mode))
CALL(int, unlink, path, (const char *path), (path))
CALL(int, mkdir, path, (const char *path, mode_t mode), (path, mode))

static int opened(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    return fails((flags & O_ACCMODE) == O_RDONLY ? "open" : "create", path) ? -1 : real(path, flags, mode);
}

#define OPEN(name)                                    \
    int name(const char *path, int flags, ...) {      \
        va_list more;                                 \
        va_start(more, flags);                        \
        mode_t mode = va_arg(more, int);              \
        va_end(more);                                 \
        return opened(NEXT(name), path, flags, mode); \
    }

OPEN(open)
OPEN(open64)
