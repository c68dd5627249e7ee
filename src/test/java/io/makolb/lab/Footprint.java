package io.makolb.lab;

import io.makolb.libbpf.BpfLink;
import io.makolb.libbpf.BpfLinkInfo;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapFlags;
import io.makolb.libbpf.BpfMapInfo;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.libbpf.BpfMapType;
import io.makolb.libbpf.BpfProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a plane has put into the kernel: two are equal when nothing was written, made anew or replaced in between. What
 * packets write, counters and remembered connections, is left out.
 *
 * @param maps kernel's id and SHA-256 of the content of every pinned map, by the name of its pin
 * @param programs kernel's ids of the pinned programs, by the names of their pins
 * @param links every pinned link, with the id of the program it runs, by the name of its pin
 */
record Footprint(Map<String, String> maps, Map<String, Integer> programs, Map<String, BpfLinkInfo> links) {

    /** Written by packets; those that merely list connection tables are compared. */
    private static final Set<String> WRITTEN_BY_PACKETS =
            Set.of("mako_counters", "mako_vip_stats", "mako_real_stats", "mako_fallback", "mako_hc_keys");

    private static final Set<String> PROGRAMS = Set.of("mako_ingress", "mako_healthcheck");
    private static final String LINK = "link_";
    private static final int CHUNK = 1 << 20;

    /** Reads it from the pins in a directory. */
    static Footprint of(Path pins) {
        Map<String, String> maps = new TreeMap<>();
        Map<String, BpfLinkInfo> links = new TreeMap<>();
        Map<String, Integer> programs = new TreeMap<>();
        for (Path pin : list(pins)) {
            String name = pin.getFileName().toString();
            if (name.contains(LINK)) {
                try (BpfLink link = BpfLink.openPinned(pin)) {
                    links.put(name, link.info());
                }
            } else if (PROGRAMS.contains(name)) {
                try (BpfProgram program = BpfProgram.openPinned(pin)) {
                    programs.put(name, program.info().id());
                }
            } else {
                try (BpfMap map = BpfMap.openPinned(pin)) {
                    maps.put(name, map.info().id() + (WRITTEN_BY_PACKETS.contains(name) ? "" : " " + digest(map)));
                }
            }
        }
        return new Footprint(maps, programs, links);
    }

    private static List<Path> list(Path pins) {
        try (Stream<Path> files = Files.list(pins)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the pins", e);
        }
    }

    private static String digest(BpfMap map) {
        MessageDigest digest = sha256();
        BpfMapInfo info = map.info();
        if (info.type() == BpfMapType.ARRAY && info.has(BpfMapFlags.MMAPABLE)) {
            try (BpfMapMemory memory = map.memory()) {
                for (long at = 0; at < memory.size(); at += CHUNK) {
                    digest.update(memory.slice(at, (int) Math.min(CHUNK, memory.size() - at)));
                }
            }
        } else if (info.type() == BpfMapType.ARRAY_OF_MAPS) {
            for (int slot = 0; slot < info.maxEntries(); slot++) {
                digest.update((byte) 0);
                map.referenceId(slot)
                        .ifPresent(id ->
                                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, id)));
            }
        } else {
            BpfMapReader reader = map.reader(info.type() == BpfMapType.HASH ? info.maxEntries() : 1);
            for (int read = reader.next(); read > 0; read = reader.next()) {
                digest.update(reader.keys().duplicate().rewind().limit(read * info.keySize()));
                digest.update(reader.values().duplicate().rewind().limit(read * map.valueBytes()));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
