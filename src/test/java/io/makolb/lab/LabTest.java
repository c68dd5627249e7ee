package io.makolb.lab;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that builds a lab. Skipped where namespaces and BPF are not permitted, except on a build machine
 * ({@code CI=true}), where it must run. The time limit catches hangs, it judges no speed.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("lab")
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(RootCondition.class)
@interface LabTest {}
