/** What a deployment has around it, so that tests can put their own in its place. */
import { type Catalogue } from "../../regions/catalogue";
import { type Clock } from "../shared/clock";
import { type OutputStream } from "../shared/streams";
import { type DeployOptions } from "./args";
import { type DatabasePort } from "./database";
import { type StackRunner } from "./stackRunner";

/** Everything outside. */
export interface World {
    readonly stdout: OutputStream;
    readonly stderr: OutputStream;
    readonly clock: Clock;
    /** Where `Pulumi.yaml` is, where no flag says otherwise. */
    readonly projectDir: string;
    /** The regions of an environment. */
    readonly catalogueOf: (environment: string) => Catalogue;
    /** Makes what runs Pulumi. Called once it is certain that something is to be done. */
    readonly runner: (options: DeployOptions, projectDir: string, project: string) => Promise<StackRunner>;
    /** Makes what asks RDS. */
    readonly database: (deployRoleArn: string | undefined) => Promise<DatabasePort>;
    /** Asks the operator; undefined where nobody can be asked. */
    readonly ask: ((question: string) => Promise<string>) | undefined;
    /** Calls back whenever somebody wants the run to stop, until the function that it returns is called. */
    readonly onInterrupt: (handle: (signal: Interrupt) => void) => () => void;
}

/** How somebody wants the run to stop. */
export interface Interrupt {
    readonly name: string;
    /** Whether the programs that were started have had the signal too, as from a terminal's Ctrl-C. */
    readonly reachedChildren: boolean;
}
