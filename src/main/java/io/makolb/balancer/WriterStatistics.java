package io.makolb.balancer;

/** Lets others see how busy the writer is. */
public interface WriterStatistics {

    /** The figures now. */
    WriterLoad writerLoad();
}
