package io.makolb.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Headers of every answer. The framework proposes a file name for URLs that seem to end in an unknown file extension, as VIP ids
 * do; nosniff has the same purpose and fits an API.
 */
final class PlainHeaders extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        chain.doFilter(request, new WithoutFileName(response));
    }

    private static final class WithoutFileName extends HttpServletResponseWrapper {

        WithoutFileName(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void setHeader(String name, String value) {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION)) {
                super.setHeader(name, value);
            }
        }

        @Override
        public void addHeader(String name, String value) {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION)) {
                super.addHeader(name, value);
            }
        }
    }
}
