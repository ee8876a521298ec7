/** Runs the rules about several stacks, which no engine sees together, in the preview itself. */
import * as path from "node:path";
import { createRequire } from "node:module";
import type * as framework from "../../../policies/framework";
import { CROSS_STACK_DIR } from "./choice";
import { type PackSummary, type PolicyFinding } from "./findings";
import {
    type GivenConfig,
    type PolicyConfig,
    type PolicyInfo,
    enabledPolicies,
    reconcile,
} from "./packConfig";
import { type AnalyzedResource } from "./resources";
import { memberViews, outputsView } from "./memberViews";

const load = createRequire(__filename);

const PACK = "meridian-cross-stack";

/** A stack to judge with others. */
export interface StackResources {
    readonly name: string;
    readonly resources: readonly AnalyzedResource[];
}

/** The rules about several stacks, with the levels, settings and waivers of the packs. */
export class CrossStackRules {
    readonly #framework: typeof framework;
    readonly rules: readonly framework.StacksRule[];

    constructor(rules?: readonly framework.StacksRule[]) {
        this.#framework = load("../../../policies/framework") as typeof framework;
        this.rules = rules ?? this.#framework.loadStacksRules(path.join(CROSS_STACK_DIR, "rules"));
    }

    /** What can be configured. */
    policies(): readonly PolicyInfo[] {
        const { settingsSchema, SETTINGS_POLICY, WAIVERS_POLICY, schemaOf, tagsOf } = this.#framework;
        const info = (name: string, description: string): PolicyInfo => ({
            name,
            kind: "stack",
            types: undefined,
            configuredTypes: false,
            ignoredChangesOnly: false,
            description,
            level: "mandatory",
            severity: undefined,
            fix: "",
            tags: [],
            properties: {},
            required: [],
        });
        return [
            {
                ...info(SETTINGS_POLICY, "Holds what concerns all rules."),
                properties: settingsSchema(this.rules.map(({ id }) => id)) as PolicyInfo["properties"],
            },
            ...this.rules.map((rule) => ({
                ...info(rule.id, rule.description),
                level: rule.level ?? ("mandatory" as const),
                severity: rule.severity,
                fix: rule.fix,
                tags: tagsOf(rule),
                properties: schemaOf(rule).properties as PolicyInfo["properties"],
            })),
            {
                ...info(WAIVERS_POLICY, this.#framework.WAIVERS_DESCRIPTION),
                severity: "medium",
                fix: this.#framework.WAIVERS_FIX,
                tags: ["control:P35"],
            },
        ];
    }

    /** Checks a configuration. @throws PolicyConfigError */
    check(given: GivenConfig | undefined): void {
        reconcile(this.policies(), given);
    }

    summary(given?: GivenConfig): PackSummary {
        const { version } = load(path.join(CROSS_STACK_DIR, "package.json")) as { version: string };
        const enabled = enabledPolicies(this.policies(), given);
        return { name: PACK, version, rules: this.rules.filter(({ id }) => enabled.includes(id)).length };
    }

    /** Judges the stacks together. @throws PolicyConfigError */
    judge(
        stacks: readonly StackResources[],
        given: GivenConfig | undefined,
        today?: string,
    ): PolicyFinding[] {
        const run = new CrossStackRun(this.#framework, this.policies(), given, stacks, today);
        for (const rule of this.rules) {
            run.judge(rule);
        }
        return run.finish(this.rules.map(({ id }) => id));
    }
}

/** One run of the rules over some stacks. */
class CrossStackRun {
    readonly #framework: typeof framework;
    readonly #infos: readonly PolicyInfo[];
    readonly #configs: ReadonlyMap<string, PolicyConfig>;
    readonly #stacks: readonly framework.NamedStack[];
    readonly #book: framework.WaiverBook;
    readonly #today: string;
    readonly #findings: PolicyFinding[] = [];

    constructor(
        modules: typeof framework,
        infos: readonly PolicyInfo[],
        given: GivenConfig | undefined,
        stacks: readonly StackResources[],
        today = modules.today(),
    ) {
        this.#framework = modules;
        this.#infos = infos;
        this.#configs = reconcile(infos, given);
        this.#stacks = stacks.map(({ name, resources }) => ({
            name,
            view: new modules.StackView(memberViews(resources)),
            state: new modules.StackView(memberViews(resources, outputsView)),
        }));
        this.#today = today;
        this.#book = new modules.WaiverBook();
        const { waivers } = modules.readWaivers(
            this.#settings("waivers"),
            infos.map(({ name }) => name),
            this.#today,
        );
        this.#book.load(waivers);
    }

    judge(rule: framework.StacksRule): void {
        const config = this.#configs.get(rule.id);
        if (config === undefined || config.level === "disabled") {
            return;
        }
        const view = new this.#framework.StacksView(this.#stacks);
        const undecided: framework.UndecidedAcrossStacks[] = [];
        try {
            rule.checkStacks(
                view,
                (reason, where) => {
                    this.#report(rule, reason, where);
                },
                config.properties,
            );
        } catch (error) {
            if (!this.#framework.isUnknownError(error)) {
                throw error;
            }
            undecided.push({ error });
        }
        const failClosed = (config.properties["unknowns"] ?? this.#settings("unknowns")) === "fail-closed";
        for (const { stack, member, error } of [...undecided, ...view.undecided]) {
            const where =
                stack === undefined
                    ? undefined
                    : { stack, ...(member === undefined ? {} : { resource: member }) };
            if (failClosed) {
                this.#report(rule, `cannot be judged, because ${error.message}.`, where);
            } else {
                this.#book.leftOpen(rule.id, member?.urn);
                this.#add("undecided", rule.id, error.message, where);
            }
        }
    }

    /** Adds what is wrong with waivers. */
    finish(rules: readonly string[]): PolicyFinding[] {
        const { WAIVERS_POLICY, readWaivers } = this.#framework;
        const urns = this.#stacks.flatMap(({ view }) => view.resources.map(({ urn }) => urn));
        const { problems } = readWaivers(this.#settings("waivers"), rules, this.#today);
        for (const problem of [...problems, ...this.#book.problems(urns, this.#today)]) {
            this.#add("violation", WAIVERS_POLICY, problem, undefined);
        }
        return this.#findings;
    }

    #settings(property: string): unknown {
        return this.#configs.get(this.#framework.SETTINGS_POLICY)?.properties[property];
    }

    #report(rule: framework.StacksRule, reason: string, where: framework.Where | undefined): void {
        const urn = where?.resource?.urn ?? where?.stack.view.urn ?? "";
        if (this.#book.covers(rule.id, urn, reason, this.#today)) {
            const waiver = this.#book.used.at(-1)?.waiver;
            const message = waiver === undefined ? reason : this.#framework.waivedMessage(waiver, reason);
            this.#add("waived", rule.id, message, where);
        } else {
            this.#add("violation", rule.id, reason, where);
        }
    }

    #add(
        status: PolicyFinding["status"],
        name: string,
        message: string,
        where: framework.Where | undefined,
    ): void {
        const info = this.#infos.find((each) => each.name === name);
        const level = this.#configs.get(name)?.level ?? "mandatory";
        this.#findings.push({
            status,
            pack: PACK,
            rule: name,
            // There is nothing to mend in several stacks at once.
            level: level === "remediate" ? "mandatory" : level,
            ...(info?.severity === undefined ? {} : { severity: info.severity }),
            ...(where === undefined ? {} : { stack: where.stack.name }),
            ...(where?.resource === undefined ? {} : { urn: where.resource.urn }),
            description: info?.description ?? "",
            message,
            ...(info === undefined || info.fix === "" ? {} : { fix: info.fix }),
            frameworks: info?.tags ?? [],
        });
    }
}
