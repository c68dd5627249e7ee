package io.makolb;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/**
 * The test shows what {@code docs/compatibility.md} promises under "Better on purpose".
 *
 * <p>Every promise there has such a test, and every such test a promise: {@code CompatibilityDocumentTests} compares them.
 */
@Target(ElementType.METHOD)
public @interface BetterOnPurpose {

    /** What Katran does: the first cell of each row that the test is about, to the letter. */
    String[] value();
}
