/**
 * Before its version 4, `@pulumi/docker` has no plugin: the program builds images itself, in a preview too, as soon as it
 * knows the repository's address. Pulumi does not know that of a repository that is yet to be made; here it is made up.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { type Project } from "../project/project";
import { hex } from "./synthetic";
import { isBefore } from "./versions";

/** The first version whose images a plugin builds. */
const WITH_PLUGIN = [4, 0] as const;

interface Docker {
    buildAndPushImage: (
        name: string,
        build: pulumi.Input<unknown>,
        repositoryUrl: pulumi.Input<string>,
        logResource?: pulumi.Resource,
    ) => pulumi.Output<string>;
}

/** Has the project's images be named, and not built, where it is the program that would build them. */
export function leaveOutBuilds({ workingDirectory }: Pick<Project, "workingDirectory">): void {
    const load = createRequire(join(workingDirectory, "index.js"));
    const version = versionOf(load);
    if (version === undefined || !isBefore(version, WITH_PLUGIN)) {
        return;
    }
    const { all, log } = load("@pulumi/pulumi") as typeof pulumi;
    const named: Docker["buildAndPushImage"] = (name, build, repositoryUrl, logResource) =>
        all([build, repositoryUrl]).apply(([, url]) => {
            void log.info(`The image ${name} is not built, and its tag is made up`, logResource);
            return `${url}:made-up-${hex(name, 12)}`;
        });
    // What the package itself hands on is read from here.
    (load("@pulumi/docker/docker") as Docker).buildAndPushImage = named;
}

function versionOf(load: NodeJS.Require): string | undefined {
    try {
        return (load("@pulumi/docker/package.json") as { version: string }).version.replace(/^v/, "");
    } catch {
        // The project has no images.
        return undefined;
    }
}
