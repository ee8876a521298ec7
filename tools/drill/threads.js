/**
 * Room for names that are not resolved.
 *
 * Node asks the system's resolver on threads, two at a time, and a question that is not answered keeps its thread for as
 * long as the resolver waits: some 10 to 30 s. With the names of a lost region unanswered, those of the region that takes
 * over would wait behind them. Each of up to six services there is tried a few times, and the looks of a status go on beside.
 *
 * Must be loaded before anything that uses a thread: the first use fixes the number. What compiles TypeScript uses one to keep
 * what it has compiled, before any of the drill's own files runs; so this one is JavaScript, and required before it.
 */
process.env["UV_THREADPOOL_SIZE"] ??= "128";
