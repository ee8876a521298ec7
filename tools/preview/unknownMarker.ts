/** The dependency that outputs carry which a real preview would not know. */
import * as pulumi from "@pulumi/pulumi";
import { type InternalOutput, Output } from "./lazyOutputs";
import { UNKNOWN_MARKER } from "./values";

let shared: pulumi.Resource | undefined;

/** The one resource that stands for whatever does not exist yet. */
export function unknownMarker(): pulumi.Resource {
    shared ??= new pulumi.DependencyResource(UNKNOWN_MARKER);
    return shared;
}

/**
 * A resource's id with the marker among its dependencies.
 *
 * @param isRead Whether the resource with a URN exists already; its id is known.
 */
export function markId(
    resource: pulumi.CustomResource,
    id: pulumi.Output<unknown>,
    isRead: (urn: string) => boolean,
): pulumi.Output<unknown> {
    const output = id as unknown as InternalOutput;
    const urn = (resource.urn as unknown as InternalOutput).promise();
    const allResources = Promise.all([output.allResources(), urn]).then(([all, text]) =>
        isRead(String(text)) ? all : [...all, unknownMarker()],
    );
    return new Output(
        output.resources(),
        output.promise(true),
        output.isKnown,
        output.isSecret,
        allResources,
    );
}
