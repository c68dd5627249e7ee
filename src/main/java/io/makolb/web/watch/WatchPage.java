package io.makolb.web.watch;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** {@code /watch}: its relative links need the slash at the end. */
@Configuration(proxyBeanMethods = false)
class WatchPage implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/watch", "/watch/");
        registry.addViewController("/watch/").setViewName("forward:/watch/index.html");
    }
}
