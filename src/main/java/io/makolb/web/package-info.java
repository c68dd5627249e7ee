/** The REST API: HTTP and JSON, and nothing that would have to be decided under a lock. */
@NullMarked
package io.makolb.web;

import org.jspecify.annotations.NullMarked;
