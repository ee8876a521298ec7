// What other domains and the stacks use of this one; what is not here is its own business.
export { CustomerMessaging, DmarcPolicy } from "./customerMessaging/customerMessaging";
export { EventBus, type EventBusRule, type EventBusTarget, EventTargetType } from "./eventBus/eventBus";
export { EventStream, EventStreamMode } from "./eventStream/eventStream";
export { FifoThroughputLimit, Queue, type QueueSender, QueueSenderService } from "./queue/queue";
export { FilterPolicyScope, Topic, type TopicSubscription, TopicSubscriptionProtocol } from "./topic/topic";
export * from "./workflow/states";
export { Workflow, WorkflowType } from "./workflow/workflow";
