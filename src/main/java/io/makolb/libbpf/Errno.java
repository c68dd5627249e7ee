package io.makolb.libbpf;

import java.util.Arrays;
import java.util.Optional;

/** Error numbers of {@code asm-generic/errno.h} that this package tells apart or names in its sentences. */
enum Errno {
    EPERM(1),
    ENOENT(2),
    EINTR(4),
    E2BIG(7),
    EBADF(9),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EFAULT(14),
    EBUSY(16),
    EEXIST(17),
    ENODEV(19),
    EINVAL(22),
    EMFILE(24),
    ENOSPC(28),
    EROFS(30),
    ERANGE(34),
    ENAMETOOLONG(36),
    ENOLINK(67),
    EOPNOTSUPP(95),
    ENETDOWN(100),
    /** Reported by some BPF commands; the kernel's own number, unknown to the C library. */
    ENOTSUPP(524);

    private final int code;

    Errno(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<Errno> of(int code) {
        return Arrays.stream(values()).filter(errno -> errno.code == code).findFirst();
    }
}
