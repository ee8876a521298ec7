import { type Props, type Subject } from "./subject";

/** A resource of a stack, with its relations. */
export interface Member extends Subject {
    /**
     * What the resource was registered with: what the program gave, and what its provider put in before anything was
     * made. Its `props` are these together with what AWS computed. Left out where the pack was not asked about the
     * resource by itself, such as one that is only read.
     */
    readonly inputs?: Props;
    readonly parent?: Member;
    readonly dependencies: readonly Member[];
    readonly propertyDependencies: Readonly<Record<string, readonly Member[]>>;
}
