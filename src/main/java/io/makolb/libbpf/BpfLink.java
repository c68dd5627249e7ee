package io.makolb.libbpf;

import com.sun.jna.Memory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The attachment of a program to an interface, reached through a descriptor this handle owns. It lasts until it is
 * detached, its interface is deleted, or neither a descriptor nor a pin refers to it.
 */
public final class BpfLink implements AutoCloseable {

    /** {@code BPF_XDP} of {@code enum bpf_attach_type}. */
    static final int BPF_XDP = 37;

    /** {@code BPF_TCX_EGRESS} of {@code enum bpf_attach_type}. */
    private static final int BPF_TCX_EGRESS = 47;

    private final Descriptor descriptor;

    private BpfLink(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Attaches a program to an interface of the calling thread's network namespace.
     *
     * @throws BpfException busy when another program is attached, no device, not supported by the driver
     */
    public static BpfLink attachXdp(BpfProgram program, int interfaceIndex, XdpMode mode) {
        String target = program.target() + " to interface " + interfaceIndex;
        int fd = LibBpf.bpf_link_create(program.fd(), interfaceIndex, BPF_XDP, Options.linkCreate(mode.flags()));
        if (fd < 0) {
            throw refused(target, interfaceIndex, -fd);
        }
        return new BpfLink(new Descriptor(fd, "link of interface " + interfaceIndex));
    }

    /**
     * Attaches a classifier to what leaves an interface of the calling thread's network namespace, behind those that are there.
     *
     * @throws BpfException {@linkplain BpfException#isInvalid() invalid} on kernels before 6.6, which only know
     *     {@link TcFilter}; no device
     */
    public static BpfLink attachEgress(BpfProgram program, int interfaceIndex) {
        int fd = LibBpf.bpf_link_create(program.fd(), interfaceIndex, BPF_TCX_EGRESS, Options.linkCreate(0));
        if (fd < 0) {
            boolean missing = fd == -Errno.EINVAL.code() && !exists(interfaceIndex);
            throw new BpfException(
                    "attach the",
                    program.target() + " to what leaves interface " + interfaceIndex,
                    missing ? Errno.ENODEV.code() : -fd);
        }
        return new BpfLink(new Descriptor(fd, "egress link of interface " + interfaceIndex));
    }

    /** Opens the link pinned at a path of a BPF file system. */
    public static BpfLink openPinned(Path pin) {
        return new BpfLink(Descriptor.openPinned(pin, ObjectKind.LINK));
    }

    /** The descriptor, valid until {@link #close}. */
    public int fd() {
        return descriptor.fd();
    }

    /** What the kernel knows about the link now. */
    public BpfLinkInfo info() {
        return BpfLinkInfo.read(descriptor);
    }

    /** Replaces the program. Each packet meets the old one or the new one, none meets neither. */
    public void update(BpfProgram program) {
        int error = LibBpf.bpf_link_update(fd(), program.fd(), null);
        if (error < 0) {
            throw new BpfException("replace the program of the", descriptor.target(), -error);
        }
    }

    /** Takes the program off the interface, pinned or not. */
    public void detach() {
        int error = LibBpf.bpf_link_detach(fd());
        if (error < 0) {
            throw new BpfException("detach the", descriptor.target(), -error);
        }
    }

    /** Gives the link a name in a BPF file system, under which it outlives this process. */
    public void pin(Path path) {
        descriptor.pin(path);
    }

    /** Gives up the descriptor. A link that is not pinned is detached by it. */
    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return descriptor.target();
    }

    private static BpfException refused(String target, int interfaceIndex, int errno) {
        if (errno == Errno.EINVAL.code() && !exists(interfaceIndex)) {
            // The kernel makes no difference between this and everything else it finds wrong.
            return new BpfException("attach the", target, Errno.ENODEV.code());
        }
        return new BpfException("attach the", target, errno, attachRemedy(errno));
    }

    private static boolean exists(int interfaceIndex) {
        try (Memory name = new Memory(Libc.IF_NAMESIZE)) {
            return Libc.if_indextoname(interfaceIndex, name) != null;
        }
    }

    private static @Nullable String attachRemedy(int errno) {
        return Errno.of(errno)
                .map(known -> switch (known) {
                    case EBUSY, EEXIST ->
                        "Another XDP program is attached there (see: ip -details link). Detach it, or share the"
                                + " interface through a program array.";
                    case EOPNOTSUPP -> "The driver has no native XDP: use the generic mode.";
                    case ERANGE -> "The MTU of the interface is too large for native XDP: lower it.";
                    case ENOSPC -> "The interface has too few queues for native XDP (see: ethtool -l).";
                    case EINVAL ->
                        "Usual reasons are an MTU above one page, LRO, and rings or channels the driver cannot use"
                                + " with XDP; the kernel log (dmesg) may tell which.";
                    default -> null;
                })
                .orElse(null);
    }
}
