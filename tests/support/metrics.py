"""Reading what a metrics page says."""

from prometheus_client.parser import text_string_to_metric_families


def values(page):
    """Series -> value, labels in alphabetical order; what the machine itself is up to is left out."""
    found = {}
    for family in text_string_to_metric_families(page.decode()):
        for sample in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return {name: value for name, value in found.items() if name.startswith("keel_")}
