package io.makolb.plane;

import java.nio.file.Path;

/** The pin directory is not on a BPF file system, so nothing in it could outlive the process. */
public final class NotBpfFileSystemException extends PlaneStartException {

    private static final long serialVersionUID = 1L;

    NotBpfFileSystemException(Path directory) {
        super(
                "The pin directory " + directory + " is not on a BPF file system.",
                "Mount one with: mount -t bpf bpf /sys/fs/bpf. Or name a directory on one with mako.dataplane.pin-path.",
                null);
    }
}
