/** Services that have gateway endpoints, which cost nothing and are there in any case. */
export const GATEWAY_SERVICES: readonly string[] = ["s3", "dynamodb"];

/** Whether the text has the form of the end of a service's name: `ecr.api` of `com.amazonaws.eu-central-1.ecr.api`. */
export function isServiceName(service: string): boolean {
    return /^(?!com\.amazonaws\.)[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(service);
}
