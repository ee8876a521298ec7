/** Carries out a call of `npm run up`, `npm run destroy` or `npm run preview:live`. */
import * as path from "node:path";
import { readProject } from "../project/project";
import { type DeployOptions } from "./args";
import { destroy } from "./destroy";
import { RefusedError, UsageError } from "./errors";
import { chooseStacks, stackGraph } from "./graph";
import { takeLock } from "./lockFile";
import { Narrator } from "./narrator";
import { preview } from "./preview";
import { type Deployment } from "./session";
import { readSettings, refuseDisagreement } from "./settings";
import { up } from "./up";
import { type World } from "./world";

/** @returns Whether all is done. */
export async function deploy(options: DeployOptions, world: World): Promise<boolean> {
    const projectDir = path.resolve(options.projectDir ?? world.projectDir);
    const project = readProject(projectDir);
    const graph = stackGraph(options.environment, project.stacks);
    const chosen = chooseStacks(graph, options.stacks);
    const catalogue = world.catalogueOf(graph.environment);
    const settings = readSettings(project, graph, catalogue);
    if (options.verb !== "destroy") {
        refuseDisagreement(project, graph, catalogue);
    }
    const stateDir = path.join(projectDir, ".meridian");
    const width = Math.max(...graph.stacks.map(({ name }) => name.length), "writer-home".length);
    const deployment: Deployment = {
        options,
        world,
        project,
        graph,
        chosen,
        settings,
        narrator: new Narrator(world.stdout, world.clock, width, options.verb === "preview"),
        stateDir,
    };
    const makeRunner = () => world.runner(options, projectDir, project.name);
    if (options.dryRun) {
        return run(deployment, makeRunner);
    }
    const release =
        options.verb === "preview"
            ? () => undefined
            : takeLock(stateDir, graph.environment, `npm run ${options.verb}`);
    try {
        return await run(deployment, makeRunner);
    } finally {
        release();
    }
}

async function run(deployment: Deployment, makeRunner: () => ReturnType<World["runner"]>): Promise<boolean> {
    const { graph, options } = deployment;
    switch (options.verb) {
        case "up":
            return up(deployment, makeRunner, () => confirm(deployment, "Begin? (yes/no)", "yes"));
        case "destroy":
            return destroy(deployment, makeRunner, () =>
                confirm(
                    deployment,
                    `This destroys databases. Type the environment's name to begin:`,
                    graph.environment,
                ),
            );
        case "preview":
            return preview(deployment, makeRunner);
    }
}

/** @throws {@link RefusedError} when the operator does not want it, {@link UsageError} when nobody can be asked. */
async function confirm({ options, world }: Deployment, question: string, expected: string): Promise<void> {
    if (options.yes) {
        return;
    }
    if (world.ask === undefined) {
        throw new UsageError(
            "Nobody can be asked here, so --yes has to say that the plan may be carried out.",
        );
    }
    const answer = (await world.ask(`${question} `)).trim();
    if (answer !== expected) {
        throw new RefusedError(`the answer was ${JSON.stringify(answer)}; nothing was changed`);
    }
}
