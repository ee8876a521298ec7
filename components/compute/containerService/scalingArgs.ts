import type * as pulumi from "@pulumi/pulumi";

/** A queue whose messages the service works on. */
export interface QueueBacklog {
    /** Name of the SQS queue, in the service's region. */
    queueName: pulumi.Input<string>;
    /** Waiting messages per task that the service scales to: what a task works off in the time that a message may wait. */
    messagesPerTask: number;
}

/** How many tasks there are, and what makes them more. */
export interface ServiceScaling {
    /** The fewest tasks, 1 or more. 2 when left out. */
    minTasks?: number;
    /** The most tasks, `minTasks` or more; with `minTasks` there is no scaling. 8 when left out. */
    maxTasks?: number;
    /** Average CPU load that the service scales to, in percent from 1 to 100. 60 when left out. */
    cpuPercent?: number;
    /** Average use of memory that the service scales to, in percent from 1 to 100. 80 when left out. */
    memoryPercent?: number;
    /** Requests per minute and task, from each balancer, that the service scales to, 1 or more. Not on requests when left out. */
    requestsPerTarget?: number;
    /** A queue to keep up with. None when left out. The cluster must have Container Insights. */
    backlog?: QueueBacklog;
}
