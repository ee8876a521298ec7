/**
 * A stand-in for ARC Region switch: one plan of two regions, whose data plane each region has for itself. It takes and gives what
 * the service's model says, and carries executions out as time passes.
 *
 * What AWS does not document, and is taken to be the less convenient: an execution is listed in the region alone that it was
 * started in, which must be the one that is activated; and while one goes on, no other is started.
 */

/** An input or an output of the service, as its model names the members. */
export type Message = Readonly<Record<string, unknown>>;

/** AWS's own no. */
export class SwitchError extends Error {
    constructor(
        readonly code: string,
        message: string,
        readonly status = 400,
    ) {
        super(message);
    }
}

/** What surrounds the service. */
export interface Surroundings {
    /** Milliseconds since 1970. */
    readonly now: () => number;
    /** Moves the database's writer to a region; whether it has moved is asked again and again. */
    readonly moveWriter: (region: string, mode: "graceful" | "ungraceful") => () => boolean;
    /** Makes a region's groups grow. */
    readonly grow: (region: string) => void;
}

interface StepState {
    readonly name: string;
    status: string;
}

interface ExecutionEvent {
    readonly eventId: string;
    readonly timestamp: Date;
    readonly type: string;
    readonly stepName: string;
    readonly error?: string;
    readonly resources?: readonly string[];
}

/** An execution, as the service has it. */
export interface StandInExecution {
    readonly executionId: string;
    readonly region: string;
    readonly token: string;
    readonly comment: string;
    readonly mode: "graceful" | "ungraceful";
    readonly action: string;
    readonly startTime: number;
    state: string;
    readonly steps: StepState[];
    readonly events: ExecutionEvent[];
    hasMoved?: () => boolean;
}

interface Warning {
    readonly stepName?: string;
    readonly resourceArn?: string;
    readonly warningMessage: string;
}

const OVER = [
    "completed",
    "completedWithExceptions",
    "completedMonitoringApplicationHealth",
    "canceled",
    "failed",
    "planExecutionTimedOut",
];

/** The service, and what a test says of it. */
export class RegionSwitchService {
    readonly executions: StandInExecution[] = [];
    /** What the evaluation warns of, in the words of AWS. */
    warnings: Warning[] = [];
    /** How long ago the plan was evaluated. */
    evaluatedAgo = 900_000;
    evaluationState: string | undefined;
    /** What the step that moves the writer does in each mode. */
    database = { behavior: "switchoverOnly", ungraceful: "failover" as string | undefined };
    globalClusterIdentifier: string;
    /** Whether somebody must approve before anything is done. */
    asksApproval = false;
    /** Steps that fail when they begin, with AWS's reason. */
    readonly failing = new Map<string, { readonly error: string; readonly resources: readonly string[] }>();
    /** How long an execution is pending before its first step begins. */
    pendingMilliseconds = 0;
    /** How long groups take to grow. */
    growsMilliseconds = 20_000;
    /** Whether there is a workflow for every region. */
    activates: readonly string[];
    /** How many of a page's things there are at most. */
    pageSize = 100;

    constructor(
        readonly planArn: string,
        readonly regions: readonly string[],
        globalClusterIdentifier: string,
        private readonly around: Surroundings,
    ) {
        this.globalClusterIdentifier = globalClusterIdentifier;
        this.activates = regions;
    }

    /** Answers a call that was made in a region. */
    call(region: string, operation: string, input: Message): Message {
        const arn = operation === "GetPlanInRegion" ? input["arn"] : input["planArn"];
        if (arn !== this.planArn || !this.regions.includes(region)) {
            throw new SwitchError("ResourceNotFoundException", `Plan not found: ${String(arn)}`, 404);
        }
        this.settle();
        const answers: Readonly<Record<string, () => Message>> = {
            GetPlanInRegion: () => ({ plan: this.plan() }),
            GetPlanEvaluationStatus: () => this.evaluation(region, input),
            ListPlanExecutions: () =>
                this.paged(
                    "items",
                    this.executions.filter((each) => each.region === region).map((each) => this.item(each)),
                    input,
                ),
            StartPlanExecution: () => this.start(region, input),
            GetPlanExecution: () => {
                const found = this.find(region, input);
                const states = found.steps.map(({ name, status }) => ({ name, status }));
                return { ...this.item(found), plan: this.plan(), ...this.paged("stepStates", states, input) };
            },
            ListPlanExecutionEvents: () => this.paged("items", this.find(region, input).events, input),
            CancelPlanExecution: () => {
                const found = this.find(region, input);
                if (!OVER.includes(found.state)) {
                    found.state = "canceled";
                }
                return {};
            },
            ApprovePlanExecutionStep: () => {
                const step = this.find(region, input).steps.find(({ name }) => name === input["stepName"]);
                if (step !== undefined) {
                    step.status = input["approval"] === "approve" ? "completed" : "failed";
                }
                this.settle();
                return {};
            },
        };
        const answer = answers[operation];
        if (answer === undefined) {
            throw new SwitchError("UnknownOperationException", operation, 404);
        }
        return answer();
    }

    /** Takes up an execution again that a failed step has paused. */
    resume(executionId: string): void {
        this.failing.clear();
        const found = this.executions.find((each) => each.executionId === executionId);
        if (found !== undefined) {
            found.steps
                .filter(({ status }) => status === "failed")
                .forEach((step) => (step.status = "notStarted"));
            found.state = "inProgress";
        }
    }

    /** Starts what an alarm or another person starts. */
    startElsewhere(region: string, mode: "graceful" | "ungraceful"): StandInExecution {
        this.start(region, { targetRegion: region, action: "activate", mode, comment: "an alarm" });
        return this.executions.at(-1)!;
    }

    private paged(name: string, all: readonly unknown[], { maxResults, nextToken }: Message): Message {
        const begin = Number(nextToken ?? 0);
        const size = Math.min(Number(maxResults ?? 100), this.pageSize);
        const end = begin + size;
        return { [name]: all.slice(begin, end), ...(end < all.length ? { nextToken: String(end) } : {}) };
    }

    private plan(): Message {
        const { behavior, ungraceful } = this.database;
        const groups = ["web", "api"].map((key) => ({
            name: `capacity-${key}`,
            executionBlockType: "EC2AutoScaling",
            executionBlockConfiguration: { ec2AsgCapacityIncreaseConfig: { asgs: [], targetPercent: 100 } },
        }));
        const writer = {
            name: "writer",
            executionBlockType: "AuroraGlobalDatabase",
            executionBlockConfiguration: {
                globalAuroraConfig: {
                    behavior,
                    ...(ungraceful === undefined ? {} : { ungraceful: { ungraceful } }),
                    globalClusterIdentifier: this.globalClusterIdentifier,
                    databaseClusterArns: this.regions.map(
                        (region) => `arn:aws:rds:${region}:111122223333:cluster:meridian`,
                    ),
                    timeoutMinutes: 60,
                },
            },
        };
        const approval = {
            name: "approval",
            executionBlockType: "ManualApproval",
            executionBlockConfiguration: {
                executionApprovalConfig: { approvalRole: "arn:aws:iam::111122223333:role/approver" },
            },
        };
        return {
            arn: this.planArn,
            name: this.planArn.split("/")[1]?.split(":")[0],
            owner: "111122223333",
            executionRole: "arn:aws:iam::111122223333:role/switch",
            recoveryApproach: "activePassive",
            regions: this.regions,
            primaryRegion: this.regions[0],
            workflows: this.activates.map((region) => ({
                workflowTargetAction: "activate",
                workflowTargetRegion: region,
                steps: [
                    ...(this.asksApproval ? [approval] : []),
                    {
                        name: "writer-and-capacity",
                        executionBlockType: "Parallel",
                        executionBlockConfiguration: { parallelConfig: { steps: [writer, ...groups] } },
                    },
                ],
            })),
        };
    }

    private evaluation(region: string, input: Message): Message {
        const at = new Date(this.around.now() - this.evaluatedAgo);
        const warnings = this.warnings.map((warning) => ({
            workflow: { action: "activate", name: region },
            version: "1",
            warningStatus: "active",
            warningUpdatedTime: at,
            ...warning,
        }));
        return {
            planArn: this.planArn,
            lastEvaluationTime: at,
            lastEvaluatedVersion: "1",
            region,
            evaluationState: this.evaluationState ?? (warnings.length === 0 ? "passed" : "actionRequired"),
            ...this.paged("warnings", warnings, input),
        };
    }

    private start(region: string, input: Message): Message {
        const { action, clientToken: token = "", comment = "", mode = "graceful", targetRegion } = input;
        if (targetRegion !== region) {
            throw new SwitchError(
                "IllegalArgumentException",
                `The plan must be executed in the Region being activated, ${String(targetRegion)}`,
            );
        }
        const same = this.executions.find((each) => token !== "" && each.token === token);
        if (same !== undefined) {
            if (same.mode !== mode) {
                throw new SwitchError("ConflictException", "The token was used for another request", 409);
            }
            return { executionId: same.executionId, plan: this.planArn, planVersion: "1" };
        }
        if (this.executions.some(({ state }) => !OVER.includes(state))) {
            throw new SwitchError("IllegalStateException", "Another execution of the plan is in progress");
        }
        const executionId = `${region}/${(this.executions.length + 1).toString(16).padStart(16, "0")}`;
        const names = [...(this.asksApproval ? ["approval"] : []), "writer", "capacity-web", "capacity-api"];
        this.executions.push({
            executionId,
            region,
            token: String(token),
            comment: String(comment),
            mode: mode === "ungraceful" ? "ungraceful" : "graceful",
            action: String(action),
            startTime: this.around.now(),
            state: "pending",
            steps: names.map((name) => ({ name, status: "notStarted" })),
            events: [],
        });
        this.settle();
        return { executionId, plan: this.planArn, planVersion: "1", activateRegion: region };
    }

    private find(region: string, { executionId }: Message): StandInExecution {
        const found = this.executions.find(
            (each) => each.executionId === executionId && each.region === region,
        );
        if (found === undefined) {
            throw new SwitchError("ResourceNotFoundException", "Execution not found", 404);
        }
        return found;
    }

    private item(execution: StandInExecution): Message {
        const { action, comment, executionId, mode, region, startTime, state } = execution;
        return {
            planArn: this.planArn,
            executionId,
            version: "1",
            comment,
            startTime: new Date(startTime),
            mode,
            executionState: state,
            executionAction: action,
            executionRegion: region,
            ...(state === "completed" ? { actualRecoveryTime: "PT1M30S" } : {}),
        };
    }

    /** Lets every execution come as far as it has come by now. */
    private settle(): void {
        for (const execution of this.executions) {
            this.advance(execution);
        }
    }

    private advance(execution: StandInExecution): void {
        const { events, region, startTime, steps } = execution;
        const passed = this.around.now() - startTime - this.pendingMilliseconds;
        if (!["pending", "inProgress", "pendingManualApproval"].includes(execution.state) || passed < 0) {
            return;
        }
        const approval = steps.find(({ name }) => name === "approval");
        if (approval !== undefined && approval.status !== "completed") {
            execution.state = approval.status === "failed" ? "failed" : "pendingManualApproval";
            approval.status = approval.status === "failed" ? "failed" : "pendingApproval";
            return;
        }
        execution.state = "inProgress";
        for (const step of steps.filter(({ status }) => ["notStarted", "running"].includes(status))) {
            const failure = this.failing.get(step.name);
            if (failure !== undefined) {
                step.status = "failed";
                events.push({
                    eventId: String(events.length + 1),
                    timestamp: new Date(this.around.now()),
                    type: "stepPausedByError",
                    stepName: step.name,
                    ...failure,
                });
            } else if (step.name === "writer") {
                execution.hasMoved ??= this.around.moveWriter(region, execution.mode);
                step.status = execution.hasMoved() ? "completed" : "running";
            } else {
                if (step.status === "notStarted") {
                    this.around.grow(region);
                }
                step.status = passed >= this.growsMilliseconds ? "completed" : "running";
            }
        }
        const isHeld = steps.some(({ status }) => status === "failed");
        const isDone = steps.every(({ status }) => ["completed", "skipped"].includes(status));
        const rests = steps.every(({ status }) => status !== "running");
        execution.state = isHeld && rests ? "pausedByFailedStep" : isDone ? "completed" : "inProgress";
    }
}
