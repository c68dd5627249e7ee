package io.makolb.libbpf;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Declarations of libbpf 1.1, directly mapped by {@link BpfLibrary}; the parameters are those of {@code bpf/bpf.h} and
 * {@code bpf/libbpf.h}.
 *
 * <p>Functions returning {@code int} answer a negative error number on failure. Functions returning a pointer answer null
 * and leave the error number in {@code errno}: it is to be read at once, with {@code Native.getLastError()}. None is
 * declared to throw JNA's {@code LastErrorException}, because libbpf leaves errno set after successes too.
 */
final class LibBpf {

    private LibBpf() {}

    /** {@code libbpf_print_fn_t}; {@code args} is the {@code va_list}, which both supported ABIs pass by address. */
    interface PrintFunction extends Callback {
        int invoke(int level, Pointer format, Pointer args);
    }

    /** {@code ring_buffer_sample_fn}; a negative answer ends the poll or consume in progress. */
    interface SampleFunction extends Callback {
        int invoke(@Nullable Pointer context, Pointer data, long size);
    }

    static native @Nullable PrintFunction libbpf_set_print(PrintFunction function);

    static native int libbpf_strerror(int error, Pointer buffer, long size);

    static native String libbpf_version_string();

    static native int libbpf_num_possible_cpus();

    static native @Nullable Pointer bpf_object__open_mem(Pointer image, long size, Pointer options);

    static native int bpf_object__load(Pointer object);

    static native void bpf_object__close(Pointer object);

    static native @Nullable Pointer bpf_object__find_map_by_name(Pointer object, String name);

    static native @Nullable Pointer bpf_object__next_map(Pointer object, @Nullable Pointer map);

    static native @Nullable Pointer bpf_object__find_program_by_name(Pointer object, String name);

    static native @Nullable Pointer bpf_object__next_program(Pointer object, @Nullable Pointer program);

    static native String bpf_map__name(Pointer map);

    static native int bpf_map__fd(Pointer map);

    static native int bpf_map__type(Pointer map);

    static native int bpf_map__key_size(Pointer map);

    static native int bpf_map__value_size(Pointer map);

    static native int bpf_map__set_value_size(Pointer map, int size);

    static native int bpf_map__max_entries(Pointer map);

    static native int bpf_map__set_max_entries(Pointer map, int entries);

    static native int bpf_map__map_flags(Pointer map);

    static native int bpf_map__set_map_flags(Pointer map, int flags);

    static native int bpf_map__set_numa_node(Pointer map, int node);

    static native @Nullable Pointer bpf_map__initial_value(Pointer map, Pointer size);

    static native int bpf_map__set_initial_value(Pointer map, Pointer value, long size);

    static native int bpf_map__set_inner_map_fd(Pointer map, int fd);

    static native int bpf_map__set_autocreate(Pointer map, int autocreate);

    static native int bpf_map__autocreate(Pointer map);

    static native int bpf_map__reuse_fd(Pointer map, int fd);

    static native int bpf_map__set_pin_path(Pointer map, @Nullable String path);

    static native String bpf_program__name(Pointer program);

    static native int bpf_program__fd(Pointer program);

    static native int bpf_program__set_autoload(Pointer program, int autoload);

    static native int bpf_program__set_expected_attach_type(Pointer program, int type);

    static native int bpf_program__expected_attach_type(Pointer program);

    static native int bpf_program__flags(Pointer program);

    static native int bpf_program__set_flags(Pointer program, int flags);

    static native int bpf_map_create(
            int type, String name, int keySize, int valueSize, int maxEntries, Pointer options);

    static native int bpf_map_lookup_elem(int fd, Pointer key, Pointer value);

    static native int bpf_map_update_elem(int fd, Pointer key, Pointer value, long flags);

    static native int bpf_map_delete_elem(int fd, Pointer key);

    static native int bpf_map_update_batch(int fd, Pointer keys, Pointer values, Pointer count, Pointer options);

    static native int bpf_map_lookup_batch(
            int fd, @Nullable Pointer in, Pointer out, Pointer keys, Pointer values, Pointer count, Pointer options);

    static native int bpf_map_delete_batch(int fd, Pointer keys, Pointer count, Pointer options);

    static native int bpf_obj_pin(int fd, String path);

    static native int bpf_obj_get(String path);

    static native int bpf_obj_get_info_by_fd(int fd, Pointer info, Pointer length);

    static native int bpf_prog_test_run_opts(int fd, Pointer options);

    static native int bpf_link_create(int programFd, int target, int attachType, Pointer options);

    static native int bpf_link_update(int linkFd, int programFd, @Nullable Pointer options);

    static native int bpf_link_detach(int linkFd);

    static native int bpf_tc_hook_create(Pointer hook);

    static native int bpf_tc_attach(Pointer hook, Pointer options);

    static native int bpf_tc_detach(Pointer hook, Pointer options);

    static native int bpf_tc_query(Pointer hook, Pointer options);

    static native @Nullable Pointer ring_buffer__new(
            int mapFd, SampleFunction function, @Nullable Pointer context, @Nullable Pointer options);

    static native int ring_buffer__poll(Pointer ring, int timeoutMillis);

    static native int ring_buffer__consume(Pointer ring);

    static native void ring_buffer__free(Pointer ring);
}
