package io.makolb.web.http;

import io.makolb.model.Address;
import io.makolb.model.HealthMark;
import io.makolb.model.Prefix;
import io.makolb.model.ServerId;
import io.makolb.model.VipId;
import io.makolb.web.problem.ProblemWriter;
import io.makolb.web.strict.BodyLimit;
import io.makolb.web.strict.StrictBodies;
import io.makolb.web.strict.StrictForm;
import io.makolb.web.strict.StrictJson;
import io.makolb.web.strict.StrictManagement;
import io.makolb.web.strict.StrictParameters;
import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Wires what holds for every route. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {

    private final ApiProperties properties;

    HttpConfiguration(ApiProperties properties) {
        this.properties = properties;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    static JsonMapperBuilderCustomizer strictJson() {
        return StrictJson::configure;
    }

    @Bean
    static JsonLinesWriter jsonLines(JsonMapper json) {
        return new JsonLinesWriter(json);
    }

    @Bean
    static FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter problems, ApiProperties properties) {
        FilterRegistrationBean<BodyLimit> filter =
                new FilterRegistrationBean<>(new BodyLimit(problems, properties.maxBulkBytes()));
        filter.addUrlPatterns("/api/*");
        return filter;
    }

    @Bean
    static FilterRegistrationBean<StrictForm> strictForm(ProblemWriter problems) {
        FilterRegistrationBean<StrictForm> filter = new FilterRegistrationBean<>(new StrictForm(problems));
        filter.addUrlPatterns("/api/*");
        return filter;
    }

    @Bean
    static FilterRegistrationBean<StrictManagement> strictManagement(ProblemWriter problems) {
        FilterRegistrationBean<StrictManagement> filter = new FilterRegistrationBean<>(new StrictManagement(problems));
        filter.addUrlPatterns("/actuator", "/actuator/*");
        return filter;
    }

    @Bean
    static FilterRegistrationBean<PlainHeaders> plainHeaders() {
        FilterRegistrationBean<PlainHeaders> filter = new FilterRegistrationBean<>(new PlainHeaders());
        filter.addUrlPatterns("/api/*");
        return filter;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        for (HandlerInterceptor strict : List.of(new StrictParameters(), new StrictBodies(), new HeadOfStream())) {
            registry.addInterceptor(strict).addPathPatterns("/api/**", "/problems/**");
        }
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new WriteCallResolver(properties.requireIfMatch()));
        resolvers.add(new QueryResolver());
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, VipId.class, VipId::parse);
        registry.addConverter(String.class, Address.class, Address::parse);
        registry.addConverter(String.class, Prefix.class, Prefix::parse);
        registry.addConverter(String.class, ServerId.class, ServerId::parse);
        registry.addConverter(String.class, HealthMark.class, HealthMark::parse);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", "/swagger-ui.html");
    }
}
