/** What all resources share: entity tags, preconditions, dry runs, pages and the form of answers. */
@NullMarked
package io.makolb.web.http;

import org.jspecify.annotations.NullMarked;
