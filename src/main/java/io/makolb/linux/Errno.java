package io.makolb.linux;

import java.util.Arrays;
import java.util.Optional;

/** Error numbers of {@code asm-generic/errno.h} that this package tells apart or names in its sentences. */
enum Errno {
    EPERM(1),
    ENOENT(2),
    ESRCH(3),
    EINTR(4),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EBUSY(16),
    EEXIST(17),
    ENODEV(19),
    ENOTDIR(20),
    EINVAL(22),
    EMFILE(24),
    ENOSYS(38),
    EOPNOTSUPP(95),
    EAFNOSUPPORT(97),
    EADDRNOTAVAIL(99),
    ENETDOWN(100),
    ENETUNREACH(101),
    ENOBUFS(105),
    ECONNREFUSED(111),
    EHOSTUNREACH(113);

    private final int code;

    Errno(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static String nameOf(int code) {
        return Arrays.stream(values())
                .filter(errno -> errno.code == code)
                .findFirst()
                .map(Errno::name)
                .orElse("error " + code);
    }

    static Optional<Errno> of(int code) {
        return Arrays.stream(values()).filter(errno -> errno.code == code).findFirst();
    }
}
