"""Addresses of endpoints are shown in reports and errors: a key in one is masked, and nothing else."""

from __future__ import annotations

import random
import string

import pytest

from summarizer.settings import Settings
from summarizer.settings.addresses import shown

HEX = "9f86d081884c7d659a2feaa0c55ad015"
UUID = "6f1c2a9e-0b4d-4c5e-8a7f-2d3e4b5c6a7d"


@pytest.mark.parametrize(
    "address",
    [
        "https://api.openai.com/v1",
        "https://my-company.openai.azure.com/openai/deployments/gpt-4o-mini-2024-07-18",
        "https://my-company.openai.azure.com/openai/deployments/gpt35turbo16k0613",
        "https://my-company.services.ai.azure.com/api/projects/review-meetings/openai/v1",
        f"https://gateway.ai.cloudflare.com/v1/{HEX}/my-gateway/compat",
        f"https://api.cloudflare.com/client/v4/accounts/{HEX}/ai/v1",
        "https://us-central1-aiplatform.googleapis.com/v1/projects/my-project-417208/locations/us-central1/endpoints/openapi",
        "https://us-central1-aiplatform.googleapis.com/v1/projects/123456789012/locations/us-central1/endpoints/4637382910293847561",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        "https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1",
        "https://adb-1234567890123456.7.azuredatabricks.net/serving-endpoints",
        f"https://us-south.ml.cloud.ibm.com/ml/v1/deployments/{UUID}",
        "https://router.huggingface.co/hf-inference/models/meta-llama/Meta-Llama-3.1-70B-Instruct/v1",
        "https://api.runpod.ai/v2/vllm-x7k2m9qp/openai/v1",
        "https://api.fireworks.ai/inference/v1",
        "https://openrouter.ai/api/v1",
        "http://localhost:11434/v1",
        "http://llm.internal:8000/Qwen2.5-VL-72B-Instruct-AWQ/v1",
        "http://llm.internal/MyCompanyProductionGatewayEastNumberTwo/v1",
        "http://llm.internal/claude37sonnet20250219/v1",
    ],
)
def test_a_real_address_stays_readable(address: str) -> None:
    assert shown(address) == address


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        (f"https://host/v1/{HEX}/chat", "https://host/v1/***/chat"),
        ("https://host/sk-proj-abcdefgh12/v1", "https://host/***/v1"),
        ("https://host/v1/AIzaSyA1b2C3d4E5f6G7h8", "https://host/v1/***"),
        ("https://host/gw/kQ3vX9bTz7LmN2pR5sWy/v1", "https://host/gw/***/v1"),
        ("https://host/gw/kQ3v%58%39bTz7LmN2pR5sWy/v1", "https://host/gw/***/v1"),
        # By its form it may be either: an identifier is masked rather than a key shown.
        (f"https://api.scaleway.ai/{UUID}/v1", "https://api.scaleway.ai/***/v1"),
        (
            f"https://elsewhere.com/v1/{HEX}/my-gateway/compat",
            "https://elsewhere.com/v1/***/my-gateway/compat",
        ),
    ],
)
def test_what_looks_like_a_key_is_masked(address: str, seen: str) -> None:
    assert shown(address) == seen


@pytest.mark.parametrize("alphabet", [string.hexdigits[:16], string.ascii_lowercase + string.digits])
def test_next_to_no_random_key_is_missed(alphabet: str) -> None:
    keys = random.Random(11)  # noqa: S311 - made up to be looked for
    missed = sum(
        "***" not in shown(f"https://host/{''.join(keys.choices(alphabet, k=32))}/v1") for _ in range(2000)
    )
    assert missed < 40


def test_settings_show_a_keyless_address_and_know_what_is_secret() -> None:
    settings = Settings(model="m", base_url=f"https://host/v1/{HEX}/")
    assert settings.endpoint == "https://host/v1/***"
    assert HEX not in f"{settings!r} {settings.parameters}"
    assert [secret.get_secret_value() for secret in settings.secrets] == [HEX]
