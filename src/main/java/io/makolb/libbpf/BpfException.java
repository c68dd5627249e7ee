package io.makolb.libbpf;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A BPF operation that the kernel or libbpf refused. The message is one sentence with the operation, its target, the
 * reason in words and, where there is one, the remedy.
 */
public class BpfException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String operation;
    private final String target;
    private final int errno;

    BpfException(String operation, String target, int errno) {
        this(operation, target, errno, null);
    }

    BpfException(String operation, String target, int errno, @Nullable String remedy) {
        super(sentence(operation, target, errno, remedy));
        this.operation = operation;
        this.target = target;
        this.errno = errno;
    }

    /** What was attempted, as a verb phrase: "update the elements of". */
    public String operation() {
        return operation;
    }

    /** What it was attempted on: a map with its name, a program, an interface, a path. */
    public String target() {
        return target;
    }

    /** The positive error number; numbers from 4000 on are libbpf's own, all others the kernel's. */
    public int errno() {
        return errno;
    }

    /** Whether the key, the pin or the object does not exist (ENOENT). */
    public boolean isNotFound() {
        return is(Errno.ENOENT);
    }

    /** Whether the key or the pin exists already (EEXIST). */
    public boolean isExists() {
        return is(Errno.EEXIST);
    }

    /** Whether privileges are missing (EPERM, EACCES). A program rejected by the verifier reports EACCES as well. */
    public boolean isPermission() {
        return is(Errno.EPERM) || is(Errno.EACCES);
    }

    /** Whether somebody else holds the resource, such as another XDP program on the interface (EBUSY). */
    public boolean isBusy() {
        return is(Errno.EBUSY);
    }

    /** Whether the interface does not exist (ENODEV). */
    public boolean isNoDevice() {
        return is(Errno.ENODEV);
    }

    /** Whether the link has been severed from its interface, because that was deleted (ENOLINK). */
    public boolean isNoLink() {
        return is(Errno.ENOLINK);
    }

    /** Whether the map is full or memory ran out (E2BIG, ENOSPC, ENOMEM). */
    public boolean isNoSpace() {
        return is(Errno.E2BIG) || is(Errno.ENOSPC) || is(Errno.ENOMEM);
    }

    /** Whether the kernel rejects the arguments, also the answer of older kernels to features they lack (EINVAL). */
    public boolean isInvalid() {
        return is(Errno.EINVAL);
    }

    /** Whether kernel or driver lack the feature, such as native XDP (EOPNOTSUPP, ENOTSUPP). */
    public boolean isNotSupported() {
        return is(Errno.EOPNOTSUPP) || is(Errno.ENOTSUPP);
    }

    private boolean is(Errno expected) {
        return errno == expected.code();
    }

    private static String sentence(String operation, String target, int errno, @Nullable String remedy) {
        String reason = "Cannot " + operation + " " + target + ": " + ErrorText.of(errno) + ".";
        return Optional.ofNullable(remedy)
                .or(() -> generalRemedy(errno))
                .map(advice -> reason + " " + advice)
                .orElse(reason);
    }

    private static Optional<String> generalRemedy(int errno) {
        return Errno.of(errno).map(known -> switch (known) {
            case EPERM ->
                "The process needs the capabilities CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON (or root);"
                        + " kernel lockdown or a seccomp profile can refuse BPF as well.";
            case ENOMEM -> "The kernel has no memory for it: free memory, raise the memory limit, or ask for less.";
            case EMFILE -> "Raise the limit of open files (LimitNOFILE=).";
            case ENODEV -> "There is no such interface in this network namespace.";
            case ENOLINK -> "Its interface has been deleted: remove the link's pin and create a new link.";
            default -> null;
        });
    }
}
