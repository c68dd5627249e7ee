package io.makolb.plane;

import io.makolb.libbpf.BpfLibrary;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which libbpf is used.
 *
 * @param path File of libbpf, 1.1 or later, or a name that the dynamic loader knows.
 */
@ConfigurationProperties("mako.libbpf")
public record LibBpfProperties(
        @DefaultValue(BpfLibrary.DEFAULT_PATH) String path) {}
