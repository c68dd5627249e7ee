package io.makolb.web.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;

/** A test on the running server: the whole application on a plane in memory. All such classes share one start. */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FreshConfiguration.class)
@SpringBootTest(
        classes = MemoryApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "mako.dataplane.interfaces=eth0",
            "mako.config-file=src/test/resources/config-file.json",
            "mako.events.heartbeat=200ms",
            "mako.events.max-streams=4",
            "mako.drift.interval=0",
            "mako.audit.path=${java.io.tmpdir}/mako-contract-${random.uuid}/audit.jsonl"
        })
@interface RunningServer {}
